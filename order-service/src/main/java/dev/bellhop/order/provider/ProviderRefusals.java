package dev.bellhop.order.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.PaymentProvider.Refused;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of the provider's answers mean no, for good. Not 401 and 403, which are about us, nor what will pass, as {@code Retry-After} says. */
final class ProviderRefusals {

    private static final Set<Integer> FOR_GOOD = Set.of(400, 404, 409, 422);

    /** The rest of its answer is not ours to show. */
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProviderRefusals() {}

    static boolean isOne(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && FOR_GOOD.contains(answer.getResponse().getStatus())
                && answer.getResponse().getHeaderString("Retry-After") == null;
    }

    static Refused of(Throwable failure) {
        WebApplicationException answer = (WebApplicationException) failure;
        String code = code(answer);
        return new Refused(
                CODE.matcher(code).matches()
                        ? code
                        : String.valueOf(answer.getResponse().getStatus()));
    }

    /** What its problem is called; empty if it does not say. */
    private static String code(WebApplicationException answer) {
        try {
            return JSON.readTree(String.valueOf(answer.getResponse().readEntity(String.class)))
                    .path("code")
                    .asText();
        } catch (JsonProcessingException | ProcessingException | IllegalStateException e) {
            return "";
        }
    }
}
