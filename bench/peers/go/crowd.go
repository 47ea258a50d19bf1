// Goroutines without sockets: each waits on a channel of its own. There is one crowd for each core,
// so that on several of them no single goroutine, and no single counter, has to do with all.
package main

import (
	"bufio"
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type crowd struct {
	queues []chan int32
	woken  atomic.Int64
	all    chan struct{} // told when the last one has got its item
	ended  sync.WaitGroup
}

func (c *crowd) gather(count int) {
	c.queues = make([]chan int32, count)
	c.all = make(chan struct{}, 1)
	c.ended.Add(count)
	var begun sync.WaitGroup
	begun.Add(count)
	for i := range c.queues {
		queue := make(chan int32, 1)
		c.queues[i] = queue
		go func() {
			defer c.ended.Done()
			begun.Done()
			c.wait(queue)
		}()
	}
	begun.Wait()
}

func (c *crowd) wait(queue <-chan int32) {
	for item := range queue {
		// One counter for all: it costs a few nanoseconds, and it is the proof.
		if c.woken.Add(int64(item)) == int64(len(c.queues)) {
			c.all <- struct{}{}
		}
	}
}

func (c *crowd) wake() {
	if len(c.queues) == 0 {
		return
	}
	c.woken.Store(0)
	for _, queue := range c.queues {
		queue <- 1
	}
	<-c.all
}

// shuffle has all woken and ended in random order from now on, the same in every run.
func (c *crowd) shuffle() {
	rand.New(rand.NewSource(1)).Shuffle(len(c.queues), func(i, j int) {
		c.queues[i], c.queues[j] = c.queues[j], c.queues[i]
	})
}

func (c *crowd) scatter() {
	for _, queue := range c.queues {
		close(queue)
	}
	c.ended.Wait()
	c.queues = nil
}

func pingpong(rounds int) {
	ping, pong := make(chan int32, 1), make(chan int32, 1)
	go func() {
		for item := range ping {
			pong <- item
		}
	}()
	for i := 0; i < rounds; i++ {
		ping <- 1
		<-pong
	}
	close(ping)
}

type crowds []*crowd

// everywhere does the same in all crowds at once, each having its share of count.
func (all crowds) everywhere(count int, action func(*crowd, int)) {
	var done sync.WaitGroup
	for i, one := range all {
		share := count / len(all)
		if i < count%len(all) {
			share++
		}
		done.Add(1)
		go func(one *crowd) {
			defer done.Done()
			action(one, share)
		}(one)
	}
	done.Wait()
}

func (all crowds) run(command string) error {
	words := strings.Fields(command)
	count := 0
	if len(words) == 2 {
		var err error
		if count, err = strconv.Atoi(words[1]); err != nil {
			return err
		}
	}
	switch {
	case len(words) == 2 && words[0] == "gather" && len(all[0].queues) == 0:
		all.everywhere(count, (*crowd).gather)
	case len(words) == 2 && words[0] == "pingpong":
		pingpong(count)
	case command == "wake":
		all.everywhere(0, func(c *crowd, _ int) { c.wake() })
	case command == "shuffle":
		all.everywhere(0, func(c *crowd, _ int) { c.shuffle() })
	case command == "scatter":
		all.everywhere(0, func(c *crowd, _ int) { c.scatter() })
	default:
		return fmt.Errorf("cannot do %q now", command)
	}
	return nil
}

func main() {
	all := make(crowds, runtime.GOMAXPROCS(0))
	for i := range all {
		all[i] = new(crowd)
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		start := time.Now()
		if err := all.run(lines.Text()); err != nil {
			fmt.Fprintln(os.Stderr, "failed", err)
		} else {
			fmt.Fprintf(os.Stderr, "done %.9f\n", time.Since(start).Seconds())
		}
	}
}
