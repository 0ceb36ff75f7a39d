package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.malformed;

import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.UnreadableSignature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Structured fields (RFC 8941) as text: a dictionary's values, and the parameters of one, as they are serialised (4.1), however
 * they are written. Stricter in two things: a key that comes twice, and a number with a digit that it does not need, are malformed.
 * No quantifier gives anything back, so that no field is too much.
 */
final class StructuredField {

    private static final String KEY = "[a-z*][a-z0-9_.*-]{0,63}+";
    private static final String TEXT = "[ !#-\\[\\]-~]*+";
    private static final String STRING = "\"" + TEXT + "(?:\\\\[\"\\\\]" + TEXT + ")*+\"";
    private static final String BYTES = ":[A-Za-z0-9+/=]*+:";
    private static final String NUMBER = "-?+(?:0|[1-9][0-9]{0,14}+)(?:\\.(?:[0-9]{0,2}[1-9]|0))?+";
    private static final String TOKEN = "[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*+";
    private static final String VALUE = "(?:" + STRING + "|" + BYTES + "|" + NUMBER + "|" + TOKEN + "|\\?[01])";

    private static final String PARAMETERS = "(?:; *+" + KEY + "(?:=" + VALUE + ")?+)*+";
    private static final String ITEM = STRING + PARAMETERS;
    private static final String LIST = "\\( *+(?:" + ITEM + "(?: ++" + ITEM + ")*+ *+)?+\\)" + PARAMETERS;

    /** Its values are lists of strings. */
    static final Pattern LISTS = member(LIST);

    /** Its values are bytes. */
    static final Pattern BYTE_SEQUENCES = member(BYTES + PARAMETERS);

    /** What is not in strings and not serialised: spaces, but one between items, and that something is true. */
    private static final Pattern UNSERIALISED =
            Pattern.compile("(?<string>" + STRING + ")|(?<=[;( ]) ++| ++(?=\\))|=\\?1");

    private static final Pattern PARAMETER = Pattern.compile("\\G;(?<key>" + KEY + ")(?:=(?<value>" + VALUE + "))?+");

    private StructuredField() {}

    private static Pattern member(String value) {
        return Pattern.compile("\\G[ \t]*+(?<key>" + KEY + ")=(?<value>" + value + ")[ \t]*+(?<end>,|\\z)");
    }

    /** The members of a dictionary that must be there, in one field or in several of its name, in their order. */
    static Map<String, String> dictionary(Pattern members, String name, SignedRequest request) {
        List<String> fields = request.headers().all(name);
        if (fields.isEmpty()) {
            throw new UnreadableSignature(Reason.SIGNATURE_MISSING);
        }
        Map<String, String> values = new LinkedHashMap<>();
        Matcher member = members.matcher(String.join(",", fields));
        boolean whole = false;
        while (!whole) {
            if (!member.find() || values.put(member.group("key"), serialised(member.group("value"))) != null) {
                throw malformed();
            }
            whole = member.group("end").isEmpty();
        }
        return values;
    }

    private static String serialised(String value) {
        return UNSERIALISED.matcher(value).replaceAll("${string}");
    }

    /** The bytes of such a value. */
    static byte[] bytes(String value) {
        return Text.base64(value.substring(1, value.indexOf(':', 1)));
    }

    /** What follows a value, by key; a parameter without a value has an empty one. */
    static Map<String, String> parameters(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            String value = parameter.group("value");
            if (values.put(parameter.group("key"), value == null ? "" : value) != null) {
                throw malformed();
            }
        }
        return values;
    }
}
