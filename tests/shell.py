#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""shell.py typed|ended|killed [OPTION...]: 'svm-lab shell' on a pseudo-terminal, by a person who types.

typed: what is typed is echoed once, the size is the terminal's and follows it, the exit
status is the shell's. ended: Ctrl-A x ends the guest. killed: svm-lab is. After each of
them the terminal is as it was.
"""
import os, signal, subprocess, sys, termios, time
from pexpect.fdpexpect import fdspawn

PATIENCE_S = 300
END_INTERRUPTED = 13
WANTED = {"typed": 5, "ended": END_INTERRUPTED, "killed": -signal.SIGKILL}

os.chdir(os.path.dirname(os.path.abspath(__file__)) + "/..")
kind = sys.argv[1]
master, slave = os.openpty()
before = termios.tcgetattr(slave)
termios.tcsetwinsize(master, (33, 77))
person = fdspawn(master, timeout=PATIENCE_S)
person.logfile_read = sys.stdout.buffer
lab = subprocess.Popen(["build/host/svm-lab", "shell", *sys.argv[2:]], stdin=slave, stdout=slave,
                       stderr=slave, env={**os.environ, "TERM": "dumb"})
try:
    person.expect(rb"root@svm:\S*# ")
    if kind == "typed":
        person.send(b"stty size; uname\n")
        person.expect(rb"\n33 77\r+\nLinux\r+\n.*# ")
        assert person.before.count(b"stty") == 1, "what is typed is not echoed once"
        termios.tcsetwinsize(master, (44, 99))
        person.send(b"until stty size | grep '44 99'; do sleep 1; done\n")
        person.expect(rb"\n44 99\r+\n")
        person.send(b"exit 5\n")
        person.expect(rb"secure yes, 0 accesses refused")
    elif kind == "ended":
        person.send(b"\001x")
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
