package dev.bellhop.gateway.api;

/** What was asked has a wrong shape. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    BadRequest(String code, String detail) {
        this(400, code, detail);
    }

    BadRequest(int status, String code, String detail) {
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
