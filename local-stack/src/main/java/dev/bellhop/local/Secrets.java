package dev.bellhop.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** The keys of one data folder: made at its first start, readable by its owner only, the same at every later start. */
final class Secrets {

    private static final int BYTES = 32;
    private static final int RSA_BITS = 2048;

    private final Path folder;
    private final SecureRandom random;

    Secrets(Path folder, SecureRandom random) throws IOException {
        this.folder = folder.toAbsolutePath();
        this.random = random;
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        writeKeyFiles();
    }

    /** Whom a client of order-service is: owner {@code demo}. */
    String apiKey() throws IOException {
        return read("api-key", "bh_demo_");
    }

    /** The operator of order-service and of the ingress. */
    String operatorKey() throws IOException {
        return read("operator-key", "bh_operator_");
    }

    /** The merchant at the payment provider. */
    String gatewayKey() throws IOException {
        return read("gateway-key", "bh_gateway_");
    }

    /** What the provider signs its webhooks with. */
    String webhookSecret() throws IOException {
        Path file = webhookSecretFile();
        if (!Files.exists(file)) {
            PrivateFiles.write(file, whsec() + "\n");
        }
        return Files.readString(file).strip();
    }

    /** What the provider that this source plays signs with; the ingress reads it from here. */
    Path secretFile(SampleSource source) throws IOException {
        Path file = folder.resolve(source.name() + "-webhook-secret");
        if (!Files.exists(file)) {
            PrivateFiles.write(file, secretOf(source) + "\n");
        }
        return file;
    }

    private String secretOf(SampleSource source) throws IOException {
        return switch (source.secret()) {
            case TEXT -> text();
            case HEXADECIMAL -> HexFormat.of().formatHex(bytes());
            case BASE64 -> Base64.getEncoder().encodeToString(bytes());
            case WHSEC -> whsec();
            case USER_AND_PASSWORD -> source.name() + ":" + text();
            case KEY_PAIR -> publicKeyOf(source);
            case ID_AND_KEY_PAIR -> idOf(source);
        };
    }

    /** What its scheme wants to know, of what was made here included. */
    Map<String, String> options(SampleSource source) throws IOException {
        Path publicKey = publicKeyFile(source);
        return Files.exists(publicKey)
                ? Map.of("public-key", Files.readString(publicKey).strip())
                : source.options();
    }

    /** The ingress knows the public key only; the private one is the provider's, and stays in a file of its own. */
    private String publicKeyOf(SampleSource source) throws IOException {
        KeyPair pair = keyPair("EC", new ECGenParameterSpec("secp256r1"));
        PrivateFiles.write(privateKeyFile(source), base64(pair.getPrivate()) + "\n");
        return base64(pair.getPublic());
    }

    /** The same of a provider that signs an id as well, which is the ingress' secret: the private key's file has both. */
    private String idOf(SampleSource source) throws IOException {
        String id = text();
        KeyPair pair = keyPair("RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4));
        PrivateFiles.write(privateKeyFile(source), id + ":" + base64(pair.getPrivate()) + "\n");
        PrivateFiles.write(publicKeyFile(source), base64(pair.getPublic()) + "\n");
        return id;
    }

    private KeyPair keyPair(String algorithm, AlgorithmParameterSpec kind) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(kind, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("this JDK cannot make such a key: " + algorithm, e);
        }
    }

    private static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private Path privateKeyFile(SampleSource source) {
        return folder.resolve(source.name() + "-private-key");
    }

    private Path publicKeyFile(SampleSource source) {
        return folder.resolve(source.name() + "-public-key");
    }

    Path gatewayKeyFile() {
        return folder.resolve("gateway-key");
    }

    Path webhookSecretFile() {
        return folder.resolve("payments-webhook-secret");
    }

    /** Who may do what at {@code service}: {@code KEY OWNER SCOPE[,SCOPE]} by line. */
    Path keysFile(Service service) {
        return folder.resolve(service.folder() + ".keys");
    }

    private void writeKeyFiles() throws IOException {
        webhookSecret();
        PrivateFiles.write(
                keysFile(Service.ORDER_SERVICE),
                apiKey() + " demo orders:read,orders:write\n" + operatorKey()
                        + " operator orders:read,orders:write,catalog:write,operator\n");
        PrivateFiles.write(
                keysFile(Service.PAYMENT_GATEWAY), gatewayKey() + " merchant payments:read,payments:write,operator\n");
        PrivateFiles.write(keysFile(Service.WEBHOOK_INGRESS), operatorKey() + " operator operator\n");
    }

    private String read(String name, String prefix) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            PrivateFiles.write(file, prefix + text() + "\n");
        }
        return Files.readString(file).strip();
    }

    private String whsec() {
        return "whsec_" + Base64.getEncoder().encodeToString(bytes());
    }

    private String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
