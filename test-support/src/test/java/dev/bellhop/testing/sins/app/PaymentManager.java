package dev.bellhop.testing.sins.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.Optional;

/** Knows Jackson, injects into a field, keeps an Optional, blocks, prints, subscribes, and is called a manager. */
final class PaymentManager {

    @Inject
    ObjectMapper mapper;

    Optional<String> last = Optional.empty();

    void run(Uni<String> work) {
        work.subscribe().with(System.out::println);
        last = Optional.of(work.await().indefinitely());
    }
}
