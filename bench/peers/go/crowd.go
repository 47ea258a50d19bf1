// Goroutines without sockets: each waits on a channel of its own.
package main

import (
	"bufio"
	"fmt"
	"os"
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

func (c *crowd) run(command string) error {
	words := strings.Fields(command)
	count := 0
	if len(words) == 2 {
		var err error
		if count, err = strconv.Atoi(words[1]); err != nil {
			return err
		}
	}
	switch {
	case len(words) == 2 && words[0] == "gather" && len(c.queues) == 0:
		c.gather(count)
	case len(words) == 2 && words[0] == "pingpong":
		pingpong(count)
	case command == "wake":
		c.wake()
	case command == "scatter":
		c.scatter()
	default:
		return fmt.Errorf("cannot do %q now", command)
	}
	return nil
}

func main() {
	var c crowd
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		start := time.Now()
		if err := c.run(lines.Text()); err != nil {
			fmt.Fprintln(os.Stderr, "failed", err)
		} else {
			fmt.Fprintf(os.Stderr, "done %.9f\n", time.Since(start).Seconds())
		}
	}
}
