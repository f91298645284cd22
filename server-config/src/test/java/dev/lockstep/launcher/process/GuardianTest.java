package dev.lockstep.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** With processes that only sleep. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class GuardianTest {

    /** Stands for a program; a test overrides what must fail. */
    private class Sleeper implements Supervised {

        final AtomicInteger starts = new AtomicInteger();
        final CountDownLatch restarted = new CountDownLatch(2);

        @Override
        public String name() {
            return "Sleeper";
        }

        @Override
        public ProcessBuilder command() {
            starts.incrementAndGet();
            return new ProcessBuilder("sleep", "600");
        }

        @Override
        public Path log() {
            return folder.resolve("sleeper.log");
        }

        @Override
        public boolean isReady() {
            restarted.countDown();
            return true;
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        @Override
        public Duration startLimit() {
            return Duration.ofSeconds(10);
        }

        @Override
        public void requestStop(Process process) {
            process.destroy();
        }

        void awaitRestart() throws InterruptedException {
            assertThat(restarted.await(20, TimeUnit.SECONDS))
                    .as(() -> said.toString(StandardCharsets.UTF_8))
                    .isTrue();
        }
    }

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Steps steps = new Steps(new PrintStream(said, true, StandardCharsets.UTF_8), Clock.systemUTC());
    private Guardian guardian;

    @AfterEach
    void stop() {
        guardian.requestStop();
        guardian.awaitEnd(Duration.ofSeconds(5));
    }

    private Guardian watch(Supervised program) {
        guardian = new Guardian(program, steps, Duration.ofMillis(20));
        return guardian;
    }

    @Test
    void firstStartThatFailsUnexpectedly_isToldAndDoesNotHang() {
        watch(new Sleeper() {
            @Override
            public ProcessBuilder command() {
                throw new IllegalStateException("no such thing");
            }
        });
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(guardian::start)
                .withMessageContaining("no such thing");
    }

    /** Its port was free when it was chosen, say, and is taken now. */
    private class Unlucky extends Sleeper {

        private final int badStarts;

        Unlucky(int badStarts) {
            this.badStarts = badStarts;
        }

        @Override
        public boolean isReady() {
            return starts.get() > badStarts;
        }

        @Override
        public Optional<String> failure() {
            return starts.get() > badStarts ? Optional.empty() : Optional.of("its port was taken");
        }

        @Override
        public boolean hasFailedByChance() {
            return true;
        }
    }

    @Test
    void firstStartThatFailsByChance_isTriedAgain() {
        Sleeper program = new Unlucky(1);
        watch(program).start();
        assertThat(program.starts).hasValue(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Sleeper did not start: its port was taken; start");
    }

    @Test
    void firstStartThatFailsByChanceAgainAndAgain_isGivenUp() {
        Sleeper program = new Unlucky(Integer.MAX_VALUE);
        watch(program);
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(guardian::start)
                .withMessageContaining("its port was taken");
        assertThat(program.starts).hasValue(3);
    }

    /** Scenario: it dies, and dies again. Expected outcome: what it printed each time is still there. */
    @Test
    void secondDeath_keepsTheFirstOnesLog() throws Exception {
        CountDownLatch third = new CountDownLatch(1);
        Sleeper program = new Sleeper() {
            @Override
            public ProcessBuilder command() {
                return new ProcessBuilder("sh", "-c", "echo start " + starts.incrementAndGet() + "; exec sleep 600");
            }

            @Override
            public boolean isReady() {
                boolean hasPrinted = size(log()) > 0;
                if (hasPrinted && starts.get() == 3) {
                    third.countDown();
                }
                return hasPrinted;
            }

            @Override
            public boolean answers() {
                return starts.get() == 3;
            }
        };
        watch(program).start();
        assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("sleeper.log.2")).hasContent("start 1");
        assertThat(folder.resolve("sleeper.log.1")).hasContent("start 2");
        assertThat(folder.resolve("sleeper.log")).hasContent("start 3");
    }

    @Test
    void whatPrintsTooMuch_isBounded_whileItRuns() throws Exception {
        CountDownLatch bounded = new CountDownLatch(1);
        Sleeper program = new Sleeper() {
            @Override
            public ProcessBuilder command() {
                return new ProcessBuilder("sh", "-c", "head -c 6000000 /dev/zero; exec sleep 600");
            }

            @Override
            public boolean answers() {
                if (size(folder.resolve("sleeper.log.1")) > 0) {
                    bounded.countDown();
                }
                return true;
            }
        };
        watch(program).start();
        assertThat(bounded.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(size(program.log())).isLessThan(5_000_000);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void unexpectedFailureWhileItStarts_leavesNoProcess() {
        long before = sleepers();
        watch(new Sleeper() {
            @Override
            public boolean isReady() {
                throw new StackOverflowError("too deep");
            }
        });
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(guardian::start)
                .withMessageContaining("too deep");
        assertThat(sleepers()).isEqualTo(before);
    }

    @Test
    void unexpectedFailureLater_endsNoGuard() throws Exception {
        Sleeper program = new Sleeper() {
            @Override
            public boolean answers() {
                if (starts.get() == 1) {
                    throw new IllegalStateException("a fault of ours");
                }
                return true;
            }
        };
        watch(program).start();
        program.awaitRestart();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Sleeper was ended: ", "a fault of ours");
    }

    @Test
    void whatAnswersNothingForLong_isKilledAndStartedAgain() throws Exception {
        Sleeper program = new Sleeper() {
            @Override
            public boolean answers() {
                return starts.get() > 1;
            }
        };
        watch(program).start();
        program.awaitRestart();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("Sleeper answered nothing for ")
                .contains("and was killed; starting it again at once");
    }

    /** It may be as slow as it likes. */
    @Test
    void whatAnswersNowAndThen_isLeftAlone() throws Exception {
        CountDownLatch looks = new CountDownLatch(40);
        Sleeper program = new Sleeper() {
            @Override
            public boolean answers() {
                looks.countDown();
                return looks.getCount() % 3 == 0;
            }
        };
        watch(program).start();
        assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(program.starts).hasValue(1);
    }

    private static long sleepers() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }
}
