package dev.bellhop.prove;

/** What is promised, in the numbering of README and ARCHITECTURE. */
enum Guarantee {
    G1("a 2xx to a provider means that the event is in Kafka"),
    G2("each event changes an order at most once"),
    G3("every order ends where the provider's truth says, in whatever order its events came"),
    G4("an event that comes before its order is applied when the order comes"),
    G5("nothing forged gets in, nothing private gets out"),
    G6("a crash loses no order, no event, no notification, and announces nothing that is not so"),
    G7("without Kafka the ingress answers 503 in time, and orders can be placed and read"),
    G8("without PostgreSQL events wait; none is dead-lettered, nobody has to restart"),
    G9("without the provider orders can be placed, read and cancelled; none expires unasked or although paid"),
    G10("what webhooks lost is made good within the budget of status queries"),
    G11("a poison record delays nobody else's order"),
    G12("overload is refused early; memory stays bounded");

    private final String promise;

    Guarantee(String promise) {
        this.promise = promise;
    }

    String promise() {
        return promise;
    }
}
