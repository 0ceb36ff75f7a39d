package dev.bellhop.order.api;

/** What was asked cannot be done, for a reason that the caller can mend. */
final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Rejected(String code, String detail) {
        this(400, code, detail);
    }

    Rejected(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
