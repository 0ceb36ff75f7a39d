package dev.bellhop.testing;

/** What a client of HTTP/2 writes, byte by byte; each as the character of its number. */
public final class Frames {

    private Frames() {}

    /** The beginning of a connection. */
    public static String begin() {
        return begin("");
    }

    /** The beginning of a connection whose client has no room for any answer. */
    public static String withoutWindow() {
        return begin("\0\4\0\0\0\0");
    }

    private static String begin(String settings) {
        return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, settings);
    }

    /** A GET on a stream of its own. */
    public static String get(int stream, String path) {
        return frame(1, 5, stream, "\u0082\u0086\4" + (char) path.length() + path + "\1\1x");
    }

    public static String ping() {
        return frame(6, 0, 0, "12345678");
    }

    private static String frame(int type, int flags, int stream, String payload) {
        return "\0" + (char) (payload.length() >> 8) + (char) (payload.length() & 0xff) + (char) type + (char) flags
                + "\0\0" + (char) (stream >> 8) + (char) (stream & 0xff) + payload;
    }
}
