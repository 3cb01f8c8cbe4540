"""What bounds the programs that tests run. A limit that a test holds is one of processor time, which a loaded machine does
not use up: no test is bound to the clock. HANG is no such limit: it ends what would never end by itself."""
import resource
import signal
import subprocess

HANG = 1500  # seconds


def run(command, seconds, **more):
    """subprocess.run, where no process of the command gets more than so many seconds of the processor."""
    return subprocess.run(command, timeout=HANG,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY)), **more)


def overran(result):
    return result.returncode == -signal.SIGXCPU


def processor_seconds():
    """What all programs together took that have ended by now."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def most_memory():
    """Bytes of the largest program that has ended by now."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
