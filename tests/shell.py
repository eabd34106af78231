#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""shell.py typed|ended|killed: 'svm-lab shell' on a pseudo-terminal, by a person who types.

typed: what is typed is echoed once, the size is the terminal's and follows it, the exit
status is the shell's. ended: Ctrl-A x ends the guest. killed: svm-lab is. After each of
them the terminal is as it was.
"""
import os, signal, sys, termios, time
import pexpect

PATIENCE_S = 300
END_INTERRUPTED = 13
WANTED = {"typed": (5, None), "ended": (END_INTERRUPTED, None), "killed": (None, signal.SIGKILL)}

os.chdir(os.path.dirname(os.path.abspath(__file__)) + "/..")
kind = sys.argv[1]


def soon(what, true):
    end = time.time() + PATIENCE_S
    while not true():
        assert time.time() < end, what
        time.sleep(1)


lab = pexpect.spawn("build/host/svm-lab", ["shell"], env={**os.environ, "TERM": "dumb"},
                    dimensions=(33, 77), timeout=PATIENCE_S)
lab.logfile_read = sys.stdout.buffer
# open as long as this is, so that it is not made anew
terminal = os.open(os.ptsname(lab.child_fd), os.O_RDWR | os.O_NOCTTY)
before = termios.tcgetattr(terminal)
lab.expect(rb"root@svm:\S*# ")
if kind == "typed":
    lab.send(b"stty size; cat /sys/devices/system/cpu/svm\n")
    lab.expect(rb"# ")
    assert lab.before.count(b"stty") == 1, "what is typed is not echoed once"
    assert b"\r\n33 77\r\n1\r\n" in lab.before, "the size is not that of the terminal"
    lab.setwinsize(44, 99)
    lab.send(b"until stty size | grep '44 99'; do sleep 1; done\n")
    lab.expect(rb"\r\n44 99\r\n")
    lab.send(b"exit 5\n")
    lab.expect(rb"secure yes, 0 accesses refused")
elif kind == "ended":
    lab.send(b"\001x")
else:
    lab.kill(signal.SIGKILL)
soon("svm-lab does not end", lambda: not lab.isalive())
assert (lab.exitstatus, lab.signalstatus) == WANTED[kind], "exit status %s" % lab.status
# of a svm-lab that was killed QEMU gives the terminal back, at its own end
soon("the terminal is not as it was", lambda: termios.tcgetattr(terminal) == before)
