"""Runs a command and prints its wall seconds, processor seconds and peak memory in MB, all children included.
A process of its own: a child inherits the peak of who starts it, and this one is small."""
import os
import sys
import time

output = os.open(os.devnull, os.O_WRONLY)
begin = time.monotonic()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, output, 1)])
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - begin
print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
