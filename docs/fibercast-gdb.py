"""Where the fibers of a fibercast program are: for gdb, on x86-64. See debugging.md.

    gdb -p $(pidof fibercast) -x docs/fibercast-gdb.py -ex fibers -batch

`fibers` lists all fibers of all workers. Those that wait for the same at the same place are one
entry. It needs the program's debug information for types (-g), changes nothing, and calls nothing, so
it works on a core file too.
"""

import collections
import re

import gdb
from gdb.unwinder import Unwinder, register_unwinder

MOST_FRAMES = 40
PAGE = 4096
PIECE = 16  # what runtime/stage.cpp copies frames by
# What every wait ends in says nothing about it.
INNERMOST = re.compile(r"^(boost::(fibers|context)::|jump_fcontext|ontop_fcontext"
                       r"|fibercast::parking_spot::|fibercast::compact_fiber::(leave|park))")
OUTERMOST = re.compile(r"^(boost::(fibers|context)::|fibercast::fiber_group::(entry::|run\b))")


class FrameId:
    def __init__(self, sp, pc):
        self.sp = sp
        self.pc = pc


class SuspendedFiber(Unwinder):
    """While it has registers, the frame that called the innermost one is that of a suspended fiber."""

    def __init__(self):
        super().__init__("fibercast-fiber")
        self.registers = None

    def __call__(self, innermost):
        if self.registers is None or innermost.level() != 0:
            return None
        # Below the fiber's frames, or gdb would take them for the inner ones.
        sp = self.registers["rsp"] - 16
        unwound = innermost.create_unwind_info(FrameId(gdb.Value(sp), gdb.Value(self.registers["rip"])))
        word = gdb.lookup_type("unsigned long")
        for name, value in self.registers.items():
            unwound.add_saved_register(name, gdb.Value(value).cast(word))
        return unwound


class Program:
    """What is known of the program as a whole."""

    def __init__(self):
        try:
            fields = gdb.lookup_type("fibercast::wait_for").fields()
        except gdb.error as failure:
            raise gdb.GdbError("no debug information of fibercast: build it with -g") from failure
        self.kinds = {field.enumval: field.name.split("::")[-1] for field in fields}
        self.word = gdb.lookup_type("unsigned long")
        self.frame_size = self.saved_registers()
        self.code = self.text_of_program()
        self.known = {}

    @staticmethod
    def saved_registers():
        """How much jump_fcontext pushes: `lea -0x40(%rsp),%rsp`, less without TLS's stack protector."""
        start = int(gdb.parse_and_eval("(unsigned long)&jump_fcontext"))
        code = bytes(gdb.selected_inferior().read_memory(start, 16))
        at = code.find(b"\x48\x8d\x64\x24")
        if at < 0:
            raise gdb.GdbError("this build of Boost.Context saves registers in another way")
        return 256 - code[at + 4]

    @staticmethod
    def text_of_program():
        for line in gdb.execute("info files", to_string=True).splitlines():
            found = re.match(r"\s*0x([0-9a-f]+) - 0x([0-9a-f]+) is \.text$", line)
            if found:
                return range(int(found[1], 16), int(found[2], 16))
        return range(0)

    def words(self, address, count):
        memory = gdb.selected_inferior().read_memory(address, 8 * count)
        return list(memoryview(memory.tobytes()).cast("Q"))

    def registers(self, sp):
        """Of a fiber that has saved them at `sp`."""
        end = self.frame_size
        words = self.words(sp, end // 8 + 1)
        order = ("r12", "r13", "r14", "r15", "rbx", "rbp", "rip")
        saved = dict(zip(order, words[-len(order):]))
        saved["rsp"] = sp + end + 8
        return saved

    def frames(self, unwinder, sp, size=1024, moved=None):
        """The frames of a suspended fiber, as text. Those with the same return addresses at the same
        distances are unwound once. `moved` is for registers that point into frames that lie elsewhere."""
        try:
            words = self.words(sp, size // 8)
        except gdb.MemoryError:  # the stack ends before, and begins at a page
            words = self.words(sp, (PAGE - sp % PAGE) // 8)
        key = tuple((i, word) for i, word in enumerate(words) if word in self.code)
        if key not in self.known:
            registers = self.registers(sp)
            if moved is not None:
                registers = {name: moved(value) for name, value in registers.items()}
            self.known[key] = self.unwind(unwinder, registers)
        return self.known[key]

    @staticmethod
    def unwind(unwinder, registers):
        unwinder.registers = registers
        gdb.invalidate_cached_frames()
        lines = []
        try:
            frame = gdb.newest_frame().older()
            while frame is not None and len(lines) < MOST_FRAMES:
                lines.append(described(frame))
                frame = frame.older()
        except gdb.error as failure:
            lines.append(f"({failure})")
        finally:
            unwinder.registers = None
            gdb.invalidate_cached_frames()
        return trimmed(lines)


def described(frame):
    name = frame.name() or hex(frame.pc())
    # Template arguments fill lines and tell nothing.
    while True:
        shorter = re.sub(r"<[^<>]*>", "", name)
        if shorter == name:
            break
        name = shorter
    place = frame.find_sal()
    if place.symtab is None:
        return name
    return f"{name} at {place.symtab.filename}:{place.line}"


def trimmed(lines):
    """Without the machinery at both ends."""
    while len(lines) > 1 and INNERMOST.match(lines[0]):
        lines = lines[1:]
    for i, line in enumerate(lines):
        if i > 0 and OUTERMOST.match(line):
            return lines[:i]
    return lines


def notes_of_thread():
    """What the selected thread says of its fibers; None: it is no worker's."""
    try:
        notes = gdb.parse_and_eval("fibercast::this_wait")
        return notes if int(notes["fibers"]) != 0 else None
    except gdb.error:
        return None


def fibers_of(program, notes):
    """The note and the saved stack pointer of each, whether it runs, and whether it is ready. In
    boost/fiber/context.hpp the hooks of those that are ready and of those that have ended lie before the
    hook of the list, and behind it the note and the stack pointer."""
    head = int(notes["fibers"])
    node = program.words(head, 1)[0]
    while node != head:
        if node == 0:
            raise gdb.GdbError("the fibers' stacks are not in this core file: see debugging.md")
        ready, _, _, after, _, note, sp = program.words(node - 24, 7)
        yield note, sp, node + 16 == int(notes["running"]), ready != 0
        node = after


class CompactFibers:
    """Those of one worker: see runtime/compact_heap.hpp and runtime/stage.cpp."""

    SPAN = 64 << 10

    def __init__(self, program, view):
        self.program = program
        self.home = view["home"]
        self.low = int(view["low"])
        self.top = self.low + int(view["size"])
        self.resident = int(self.home["stage_"]["resident_"])
        fiber = gdb.lookup_type("fibercast::compact_fiber")
        self.at = {field.name: field.bitpos // 8 for field in fiber.fields()
                   if hasattr(field, "bitpos") and not field.is_base_class}
        self.size = fiber.sizeof

    def __iter__(self):
        region = self.home["heap_"]["first_region_"]
        while int(region) != 0:
            spans = region["all"]["_M_elems"]
            for i in range(spans.type.strip_typedefs().range()[1] + 1):
                if int(spans[i]["block"]) != 0:
                    yield from self.in_span(region, i, spans[i])
            region = region["next"]

    def in_span(self, region, index, span):
        begin = int(region) + index * self.SPAN
        block = int(span["block"])
        first = (region.type.target().sizeof + 63) // 64 * 64 if index == 0 else 0
        memory = gdb.selected_inferior().read_memory(begin, self.SPAN).tobytes()
        for offset in range(first, int(span["fresh"]), block):
            fiber = Header(self, memory[offset:offset + self.size], begin + offset)
            if fiber.valid():
                yield fiber


class Header:
    """A block that is a compact fiber, or was, or is the frames of one."""

    def __init__(self, of, memory, address):
        self.of = of
        self.memory = memory
        self.address = address

    def word(self, member):
        at = self.of.at[member]
        return int.from_bytes(self.memory[at:at + 8], "little")

    def byte(self, member):
        return self.memory[self.of.at[member]]

    def valid(self):
        if self.word("home_") != int(self.of.home):
            return False
        try:
            run, size = self.of.program.words(self.word("kind_"), 2)
        except gdb.MemoryError:
            return False
        return run in self.of.program.code and size & 0xFFFFFFFF >= len(self.memory)

    def wait(self):
        if self.word("stack_") == 0:
            return "ready to run (compact)"
        if self.byte("parked_") == 0:
            return "runs or is ready to (compact)"
        return f"wait for: {self.of.program.kinds.get(self.byte('waits_for_'), '?')} (compact)"

    def frames(self, unwinder):
        sp = self.word("stack_")
        if sp == 0 or self.byte("parked_") == 0 and self.address == self.of.resident:
            return []
        size = (self.of.top - sp + PIECE - 1) // PIECE * PIECE
        shift = 0 if self.address == self.of.resident else self.word("frames_") - (self.of.top - size)

        def moved(value):
            return value + shift if self.of.low <= value < self.of.top else value

        return self.of.program.frames(unwinder, sp + shift, self.of.top - sp, moved)


class Fibers(gdb.Command):
    """Lists the fibers of all workers, by what they wait for and where."""

    def __init__(self):
        super().__init__("fibers", gdb.COMMAND_STACK)
        self.unwinder = SuspendedFiber()
        register_unwinder(None, self.unwinder, replace=True)

    def invoke(self, argument, from_tty):
        program = Program()
        groups = collections.Counter()
        before = gdb.selected_thread()
        for thread in sorted(gdb.selected_inferior().threads(), key=lambda each: each.num):
            thread.switch()
            notes = notes_of_thread()
            if notes is not None:
                self.add_fibers(program, notes, thread, groups)
                self.add_compact_fibers(program, groups)
        if before is not None:
            before.switch()
        print(f"{sum(groups.values())} fibers")
        for (kind, frames), count in groups.most_common():
            print(f"\n{count} fiber{'s' if count != 1 else ''}: {kind}")
            for number, frame in enumerate(frames):
                print(f"    #{number} {frame}")

    def add_fibers(self, program, notes, thread, groups):
        for note, sp, runs, ready in fibers_of(program, notes):
            if runs:
                kind = f"runs, in thread {thread.num}"
                frames = self.running()
            else:
                what = program.kinds.get(note & 0xFF, "?") if note != 0 else "something"
                kind = "ready to run" if ready else f"wait for: {what}"
                frames = program.frames(self.unwinder, sp)
            groups[(kind, tuple(frames))] += 1

    def add_compact_fibers(self, program, groups):
        view = gdb.parse_and_eval("fibercast::this_stage")
        if int(view["home"]) == 0:
            return
        for fiber in CompactFibers(program, view):
            groups[(fiber.wait(), tuple(fiber.frames(self.unwinder)))] += 1

    @staticmethod
    def running():
        lines = []
        frame = gdb.newest_frame()
        while frame is not None and len(lines) < MOST_FRAMES:
            lines.append(described(frame))
            frame = frame.older()
        return trimmed(lines)


Fibers()
