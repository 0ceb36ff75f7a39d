package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.SignatureScheme;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every signature scheme on board, found by CDI. */
public final class SignatureSchemes {

    private final Map<String, SignatureScheme> byName;

    SignatureSchemes(List<SignatureScheme> schemes) {
        this.byName =
                schemes.stream().collect(Collectors.toUnmodifiableMap(SignatureScheme::name, Function.identity()));
    }

    /** Null if there is none of that name. */
    @Nullable
    SignatureScheme named(String name) {
        return byName.get(name);
    }

    /** What a source may name. */
    public SortedSet<String> names() {
        return new TreeSet<>(byName.keySet());
    }
}
