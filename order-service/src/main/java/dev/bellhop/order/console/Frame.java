package dev.bellhop.order.console;

import dev.bellhop.order.domain.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds each page.
 *
 * @param place which entry of the navigation it belongs to
 * @param token what its forms send along
 * @param done what was just done, if anything
 */
record Frame(String title, String place, Caller caller, String token, @Nullable String done) {

    static Frame of(Visit visit, String title, String place) {
        return new Frame(title, place, visit.caller(), visit.token(), null);
    }

    /** After a form did something: the word that the form's answer carries, in words of ours. */
    Frame after(@Nullable String word) {
        Done known = Done.find(word);
        return new Frame(title, place, caller, token, known == null ? null : known.text());
    }
}
