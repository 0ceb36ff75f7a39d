package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.ingress.domain.SignatureScheme;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scheme on board has a vector file; every vector file covers what can go wrong; every vector holds. */
class VectorsTest {

    /** What each file must have a case for. Of a scheme without time, both timestamp cases say so by being authentic. */
    private static final Set<String> REQUIRED = Set.of(
            "valid",
            "tampered body",
            "tampered header",
            "wrong secret",
            "previous secret",
            "missing header",
            "malformed header",
            "stale timestamp",
            "future timestamp",
            "empty body",
            "multi-byte body");

    @TestFactory
    Stream<DynamicContainer> schemes() {
        return Schemes.all().map(scheme -> DynamicContainer.dynamicContainer(scheme.name(), tests(scheme)));
    }

    private static Stream<DynamicTest> tests(SignatureScheme scheme) {
        List<Vector> vectors = Vector.of(scheme.name());
        Stream<DynamicTest> coverage = Stream.of(DynamicTest.dynamicTest("covers what it must", () -> {
            Set<String> covered = new TreeSet<>();
            vectors.forEach(vector -> covered.add(vector.covers()));
            assertThat(covered).containsAll(REQUIRED);
        }));
        return Stream.concat(
                coverage,
                vectors.stream()
                        .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> assertThat(vector.outcome(scheme))
                                .isEqualTo(vector.expect()))));
    }
}
