package dev.bellhop.ingress.scheme;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The yardstick of {@link VerificationBenchmark}: HMAC-SHA256 over a body as long as a vector's, and nothing else. */
@State(Scope.Thread)
public class BareHmacBenchmark {

    private static final int BODY = 76;

    private final byte[] body = new byte[BODY];

    @SuppressWarnings("NullAway.Init") // JMH calls prepare
    private Mac mac;

    /** Makes the key ready, as a scheme does when it reads its secret. */
    @Setup
    public void prepare() throws GeneralSecurityException {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    }

    /** One MAC. */
    @Benchmark
    public byte[] mac() {
        return mac.doFinal(body);
    }
}
