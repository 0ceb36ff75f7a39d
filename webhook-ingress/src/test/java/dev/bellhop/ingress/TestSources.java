package dev.bellhop.ingress;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sources that the service has in tests, with their secrets in files as in production. */
public final class TestSources implements QuarkusTestResourceLifecycleManager {

    static final String PAYMENTS_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String PAYMENTS_FORMER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    /** Of every source whose secret is text. */
    static final String SECRET = "It's a Secret to Everybody";

    static final String HEXADECIMAL_SECRET = "9064450A8892A093D9E97EFCC9639DE31B74F3A7803135555A3C96F5A57915D6";

    /** Under which the providers know the sources; the name follows. */
    static final String PUBLIC = "https://hooks.example.com/webhooks/";

    static final String OPERATOR_KEY = "operator-key-0123456789";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "webhooks.sources.payments.max-body", "16K",
                "webhooks.body-timeout", "1S",
                "webhooks.keys-file",
                        file("keys", "# keys", OPERATOR_KEY + " ops operator", "reader-key-0123456789 bob orders:read"),
                "webhooks.sources.meta.options.verify-token", "a-verify-token",
                "webhooks.sources.large.max-body", "4M",
                "webhooks.sources.slow.rate", "1",
                "webhooks.sources.slow.allowed-origins", "eventemitter.example.com",
                "webhooks.sources.near.allowed-addresses", "192.0.2.0/24",
                "webhooks.sources.inside.allowed-addresses", "127.0.0.1",
                "webhooks.trusted-proxies", "127.0.0.0/8"));
        source(
                settings,
                "payments",
                "standard-webhooks",
                PAYMENTS_SECRET,
                PAYMENTS_FORMER_SECRET + " 2020-01-01T00:00:00Z 2100-01-01T00:00:00Z");
        source(settings, "large", "standard-webhooks", PAYMENTS_SECRET);
        settings.put("webhooks.sources.large.gzip", "true");
        source(settings, "slow", "standard-webhooks", PAYMENTS_SECRET);
        settings.put("webhooks.answer-within", "1600MS");
        settings.put("webhooks.http.header-timeout", "3S");
        source(settings, "zipped", "standard-webhooks", PAYMENTS_SECRET);
        settings.put("webhooks.sources.zipped.gzip", "true");
        settings.put("webhooks.sources.zipped.max-body", "16K");
        source(settings, "near", "github", SECRET);
        source(settings, "inside", "github", SECRET);
        source(settings, "basic", "basic", "user:a-good-long-password");
        source(settings, "adyen", "adyen", HEXADECIMAL_SECRET);
        source(settings, "paypal", "paypal", "1JE4291016473214C");
        source(
                settings,
                "sendgrid",
                "sendgrid",
                Base64.getEncoder().encodeToString(sendgridKeys().getPublic().getEncoded()));
        for (String scheme : List.of("hubspot", "mandrill")) {
            source(settings, scheme, scheme, SECRET);
            settings.put("webhooks.sources." + scheme + ".public-url", PUBLIC + scheme);
        }
        for (String scheme : List.of("github", "slack", "xero", "meta", "mailchimp", "woocommerce", "typeform")) {
            source(settings, scheme, scheme, SECRET);
        }
        return settings;
    }

    /** The same in every process and class loader of a test run. */
    static KeyPair sendgridKeys() {
        try {
            SecureRandom chance = SecureRandom.getInstance("SHA1PRNG");
            chance.setSeed(1);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), chance);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void source(Map<String, String> settings, String name, String scheme, String... secrets) {
        settings.put("webhooks.sources." + name + ".scheme", scheme);
        settings.put("webhooks.sources." + name + ".secret-file", file(name, secrets));
    }

    private static String file(String name, String... lines) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "secrets"));
            return Files.write(folder.resolve(name), List.of(lines))
                    .toAbsolutePath()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // files below target
    }
}
