#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""shell.py typed|ended|killed: 'svm-lab shell' on a pseudo-terminal, by a person who types.

typed: what is typed is echoed once, the size is the terminal's and follows it, the exit
status is the shell's. ended: Ctrl-A x ends the guest. killed: svm-lab is. After each of
them the terminal is as it was.
"""
import fcntl, os, re, select, signal, struct, subprocess, sys, termios, time

PATIENCE_S = 300
END_INTERRUPTED = 13
WANTED = {"typed": 5, "ended": END_INTERRUPTED, "killed": -signal.SIGKILL}

os.chdir(os.path.dirname(os.path.abspath(__file__)) + "/..")
kind = sys.argv[1]
master, slave = os.openpty()
before = termios.tcgetattr(slave)
said = b""


def resize(rows, columns):
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def expect(pattern):
    """All up to and with the pattern, of what was said since the last one."""
    global said
    end = time.time() + PATIENCE_S
    while not (found := re.search(pattern, said)):
        ready, _, _ = select.select([master], [], [], max(0, end - time.time()))
        assert ready, "no %r within %d s" % (pattern, PATIENCE_S)
        data = os.read(master, 4096)
        os.write(1, data)
        said += data.replace(b"\r", b"")
    taken, said = said[:found.end()], said[found.end():]
    return taken


def say(text):
    os.write(master, text)


resize(33, 77)
lab = subprocess.Popen(["build/host/svm-lab", "shell"], stdin=slave, stdout=slave,
                       stderr=slave, env={**os.environ, "TERM": "dumb"})
try:
    expect(rb"root@svm:\S*# ")
    if kind == "typed":
        say(b"stty size; cat /sys/devices/system/cpu/svm\n")
        taken = expect(rb"# ")
        assert taken.count(b"stty") == 1, "what is typed is not echoed once"
        assert b"\n33 77\n1\n" in taken, "the size is not that of the terminal"
        resize(44, 99)
        say(b"until stty size | grep '44 99'; do sleep 1; done\n")
        expect(rb"\n44 99\n")
        say(b"exit 5\n")
        expect(rb"secure yes, 0 accesses refused")
    elif kind == "ended":
        say(b"\001x")
    else:
        lab.kill()
    status = lab.wait(PATIENCE_S)
finally:
    lab.terminate()
assert status == WANTED[kind], "exit status %d" % status
# of a svm-lab that was killed QEMU gives the terminal back, at its own end
end = time.time() + PATIENCE_S
while termios.tcgetattr(slave) != before:
    assert time.time() < end, "the terminal is not as it was"
    time.sleep(1)
