package dev.bellhop.order.domain;

/** Who asks: the owner of an API key or access token, in a role. */
public record Actor(String owner, Role role) {

    /** What an actor may see. */
    public enum Role {
        /** Its own orders. */
        CLIENT,
        /** Everybody's. */
        OPERATOR
    }

    /** Whether something of {@code owner} exists for this actor. */
    public boolean sees(String ownerOfThing) {
        return role == Role.OPERATOR || owner.equals(ownerOfThing);
    }
}
