package dev.bellhop.ingress.domain;

import java.util.Locale;

/** A setting that is on or off: mistyped it is neither. */
public record Switch(boolean isOn) {

    /** As written in configuration. */
    public static Switch of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "on", "1" -> new Switch(true);
            case "false", "no", "n", "off", "0" -> new Switch(false);
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }
}
