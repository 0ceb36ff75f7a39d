package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.ingress.app.EventReader.Reading;
import dev.bellhop.ingress.domain.ByteSize;
import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SigningSecrets;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.Tolerance;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two events of a provider that are not the same have different ids, or whoever reads them takes one for the other. */
class EventIdsTest {

    private static final Map<String, String> FORM = Map.of("content-type", "application/x-www-form-urlencoded");

    private final BodyEventReader reader = new BodyEventReader();

    @Test
    void messages_and_their_states_of_one_whatsapp_account_whose_entries_have_no_time() {
        SignatureScheme meta = new MetaScheme();

        assertThat(ids(
                        meta,
                        Map.of(),
                        whatsApp("'messages':[{'id':'wamid.1','timestamp':'1749416383'}]"),
                        whatsApp("'messages':[{'id':'wamid.2','timestamp':'1749416383'}]"),
                        whatsApp("'statuses':[{'id':'wamid.1','status':'sent','timestamp':'1749416384'}]"),
                        whatsApp("'statuses':[{'id':'wamid.1','status':'read','timestamp':'1749416384'}]"),
                        whatsApp("'message_echoes':[{'id':'wamid.3','timestamp':'1749416384'}]"),
                        whatsApp("'calls':[{'id':'wacid.1','event':'connect'}]"),
                        whatsApp("'calls':[{'id':'wacid.1','event':'terminate'}]")))
                .doesNotHaveDuplicates();
        String page =
                "{'object':'page','entry':[{'id':'7','time':1458692752,'changes':[{'field':'feed','value':{'post_id':'%s'}}]}]}";
        assertThat(ids(meta, Map.of(), page.formatted("7_1"), page.formatted("7_2")))
                .doesNotHaveDuplicates();
        assertThat(ids(meta, Map.of(), page.formatted("7_1"))).isEqualTo(ids(meta, Map.of(), page.formatted("7_1")));
    }

    /** What was not answered in time is sent again, perhaps with what happened since. */
    @Test
    void a_message_and_the_same_with_another_beside_it() {
        assertThat(ids(
                        new MetaScheme(),
                        Map.of(),
                        whatsApp("'messages':[{'id':'wamid.1','timestamp':'1749416383'}]"),
                        whatsApp("'messages':[{'id':'wamid.1','timestamp':'1749416383'},{'id':'wamid.2'}]"),
                        whatsApp("'messages':[{'id':'wamid.1','timestamp':'1749416383'}]},'field':'messages'},"
                                + "{'value':{'messages':[{'id':'wamid.3'}]")))
                .doesNotHaveDuplicates();
    }

    /** It tells of a minute in which events were dropped, and has no event's id. */
    @Test
    void limits_that_slack_tells_two_workspaces_of_in_one_minute() {
        String limited =
                "{'type':'app_rate_limited','team_id':'%s','minute_rate_limited':1518467820,'api_app_id':'A123456'}";
        SignatureScheme slack = new SlackScheme();

        assertThat(ids(slack, Map.of(), limited.formatted("T1"), limited.formatted("T2")))
                .doesNotHaveDuplicates();
        assertThat(ids(slack, Map.of(), limited.formatted("T1")))
                .isEqualTo(ids(slack, Map.of(), limited.formatted("T1")));
        assertThat(ids(slack, Map.of(), "{'event_id':'Ev1','team_id':'T1','event':{'type':'message'}}"))
                .containsExactly("Ev1");
    }

    @Test
    void mails_that_mandrill_received_in_one_second() {
        String mail = "{'event':'inbound','ts':1384954004,'msg':{'email':'%s'}}";

        assertThat(ids(
                        new MandrillScheme(),
                        FORM,
                        mandrill(mail.formatted("a@example.com")),
                        mandrill(mail.formatted("b@example.com"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void events_whose_first_value_is_missing() {
        String xero = "{'events':[{'eventDateUtc':'2017-06-21T01:15:39.902','eventCategory':'%s'}]}";
        assertThat(ids(new XeroScheme(), Map.of(), xero.formatted("INVOICE"), xero.formatted("CONTACT")))
                .doesNotHaveDuplicates();
        String mailchimp = "fired_at=2009-03-26+22%3A15%3A09&data[email]=";
        assertThat(ids(new MailchimpScheme(), FORM, mailchimp + "a", mailchimp + "b"))
                .doesNotHaveDuplicates();
        assertThat(read(new XeroScheme(), Map.of(), "{'events':[{'eventCategory':'INVOICE'}]}"))
                .isEqualTo(new Reading.Unreadable(Reason.EVENT_ID_MISSING));
    }

    /** Xero's times are in UTC, and do not say so. */
    @Test
    void a_time_without_an_offset() {
        Reading reading = read(
                new XeroScheme(), Map.of(), "{'events':[{'tenantId':'t','eventDateUtc':'2017-06-21T01:15:39.902'}]}");

        assertThat(((Reading.Events) reading).all().get(0).time()).isEqualTo(Instant.parse("2017-06-21T01:15:39.902Z"));
    }

    @Test
    void what_whatsapp_tells_with_neither_a_time_nor_an_id() {
        SignatureScheme meta = new MetaScheme();
        String stopped = whatsApp("'user_preferences':[{'wa_id':'16505551234','value':'stop','timestamp':1731705721}]");
        String resumed =
                whatsApp("'user_preferences':[{'wa_id':'16505551234','value':'resume','timestamp':1731705799}]");

        assertThat(ids(meta, Map.of(), stopped, resumed, whatsApp("'errors':[{'code':131000}]")))
                .doesNotHaveDuplicates();
        assertThat(ids(meta, Map.of(), stopped)).isEqualTo(ids(meta, Map.of(), stopped));
        assertThat(id(meta, Map.of(), stopped)).matches("102290129340398:[0-9a-f]{64}");
    }

    /** WooCommerce makes the delivery's id of the webhook's and the second. */
    @Test
    void orders_that_a_woocommerce_shop_tells_of_in_one_second() {
        SignatureScheme woocommerce = new WooCommerceScheme();
        Map<String, String> headers = Map.of(
                "x-wc-webhook-delivery-id", "c2cc0a49910eace180de271c3fc394e5", "x-wc-webhook-topic", "order.updated");

        assertThat(ids(woocommerce, headers, "{'id':727}", "{'id':728}")).doesNotHaveDuplicates();
        assertThat(ids(woocommerce, headers, "{'id':727}")).isEqualTo(ids(woocommerce, headers, "{'id':727}"));
        assertThat(read(woocommerce, Map.of(), "{}")).isEqualTo(new Reading.Unreadable(Reason.EVENT_ID_MISSING));
    }

    @Test
    void changed_addresses_profiles_and_campaigns_of_one_second() {
        String fired = "&fired_at=2009-03-26+22%3A15%3A09&data[list_id]=a6b5da1054";

        assertThat(ids(
                        new MailchimpScheme(),
                        FORM,
                        "type=upemail" + fired
                                + "&data[new_id]=1&data[new_email]=a@example.com&data[old_email]=x@example.com",
                        "type=upemail" + fired
                                + "&data[new_id]=2&data[new_email]=b@example.com&data[old_email]=y@example.com",
                        "type=profile" + fired + "&data[email]=a@example.com&data[merges][FNAME]=Ann",
                        "type=profile" + fired + "&data[email]=a@example.com&data[merges][FNAME]=Anne",
                        "type=campaign" + fired + "&data[id]=5aa2102003&data[status]=sending",
                        "type=campaign" + fired + "&data[id]=5aa2102003&data[status]=sent",
                        "type=campaign" + fired + "&data[id]=5aa2102004&data[status]=sent"))
                .doesNotHaveDuplicates();
    }

    @Test
    void addresses_that_mandrill_refuses_from_one_second_on() {
        assertThat(
                        ids(
                                new MandrillScheme(),
                                FORM,
                                mandrill(
                                        "{'type':'blacklist','action':'add','reject':{'email':'a@example.com'},'ts':1384954004}"),
                                mandrill(
                                        "{'type':'blacklist','action':'add','reject':{'email':'b@example.com'},'ts':1384954004}"),
                                mandrill(
                                        "{'type':'blacklist','action':'remove','reject':{'email':'b@example.com'},'ts':1384954004}"),
                                mandrill(
                                        "{'type':'whitelist','action':'add','entry':{'email':'a@example.com'},'ts':1384954004}"),
                                mandrill(
                                        "{'type':'whitelist','action':'add','entry':{'email':'b@example.com'},'ts':1384954004}")))
                .doesNotHaveDuplicates();
        assertThat(ids(new MandrillScheme(), FORM, mandrill("{'event':'send','_id':'a','ts':1384954004}")))
                .containsExactly("a:send:1384954004");
    }

    /** What was configured has no id, and its time, if it has one, is in seconds, as that of a transfer's states. */
    @Test
    void what_adyen_tells_of_accounts_and_of_one_transfer_in_one_second() {
        String event = "{'type':'balancePlatform.%s.updated','timestamp':'2026-01-02T03:04:05+01:00','data':{%s}}";
        String first = event.formatted("accountHolder", "'accountHolder':{'id':'AH1','status':'active'}");
        SignatureScheme adyen = new AdyenPlatformScheme();

        assertThat(ids(
                        adyen,
                        Map.of(),
                        first,
                        event.formatted("accountHolder", "'accountHolder':{'id':'AH1','status':'closed'}"),
                        event.formatted("accountHolder", "'accountHolder':{'id':'AH2','status':'active'}"),
                        event.formatted("transfer", "'id':'48POO45SPOOF8KVM','sequenceNumber':1"),
                        event.formatted("transfer", "'id':'48POO45SPOOF8KVM','sequenceNumber':2"),
                        "{'type':'balancePlatform.report.created','data':{'fileName':'a.csv'}}",
                        "{'type':'balancePlatform.report.created','data':{'fileName':'b.csv'}}"))
                .doesNotHaveDuplicates();
        assertThat(ids(adyen, Map.of(), first)).isEqualTo(ids(adyen, Map.of(), first));
        assertThat(id(adyen, Map.of(), first)).matches("balancePlatform\\.accountHolder\\.updated:[0-9a-f]{64}");
    }

    @Test
    void links_of_one_mail_that_are_clicked_in_one_second() {
        String click = "{'event':'click','_id':'a','ts':1384954004,'url':'https://example.com/%s'}";
        String tracked = "?utm_content=" + "x".repeat(2000);
        SignatureScheme mandrill = new MandrillScheme();

        assertThat(ids(
                        mandrill,
                        FORM,
                        mandrill(click.formatted("1")),
                        mandrill(click.formatted("2")),
                        mandrill(click.formatted("1" + tracked)),
                        mandrill(click.formatted("2" + tracked)),
                        mandrill(click.formatted("2" + tracked + "#top"))))
                .doesNotHaveDuplicates();
        assertThat(id(mandrill, FORM, mandrill(click.formatted("1"))))
                .isEqualTo("a:click:1384954004:https://example.com/1");
        assertThat(id(mandrill, FORM, mandrill(click.formatted(tracked))))
                .isEqualTo(id(mandrill, FORM, mandrill(click.formatted(tracked))))
                .matches("a:[0-9a-f]{64}");
    }

    @Test
    void values_of_which_one_may_be_in_no_id_or_the_first_is_too_long_for_one() {
        String click = "{'event':'click','_id':'%s','ts':1384954004,'url':'https://example.com/%s'}";
        String longest = "x".repeat(1024);
        Reading refused = new Reading.Unreadable(Reason.EVENT_ATTRIBUTE_INVALID);

        assertThat(read(new MandrillScheme(), FORM, mandrill(click.formatted("a", longest + "\\ud800"))))
                .isEqualTo(refused);
        assertThat(read(new MandrillScheme(), FORM, mandrill(click.formatted(longest, "1"))))
                .isEqualTo(refused);
    }

    /** Before version 17.4 it has no key. */
    @Test
    void what_a_gitlab_tells_without_an_idempotency_key() {
        SignatureScheme gitlab = new GitLabScheme();
        Map<String, String> headers = Map.of("x-gitlab-event", "Push Hook");

        assertThat(ids(gitlab, headers, "{'after':'1'}", "{'after':'2'}")).doesNotHaveDuplicates();
        assertThat(ids(gitlab, headers, "{'after':'1'}")).isEqualTo(ids(gitlab, headers, "{'after':'1'}"));
        assertThat(id(gitlab, Map.of("idempotency-key", "9d5b9c1a"))).isEqualTo("9d5b9c1a");
    }

    @Test
    void what_one_event_of_a_shop_means_to_several_topics() {
        SignatureScheme shopify = new ShopifyScheme();
        String id = "98880550-7158-44d4-b7cd-2c97c8a091b5";

        assertThat(id(shopify, Map.of("x-shopify-event-id", id))).isEqualTo(id);
        assertThat(id(shopify, shopify("one.myshopify.com", "orders/create", id)))
                .isEqualTo(id(shopify, shopify("one.myshopify.com", "orders/create", id)))
                .isNotEqualTo(id(shopify, shopify("one.myshopify.com", "orders/paid", id)))
                .isNotEqualTo(id(shopify, shopify("two.myshopify.com", "orders/create", id)));
    }

    @Test
    void headers_of_which_the_first_is_missing_are_no_id() {
        Map<String, String> headers = new HashMap<>(shopify("one.myshopify.com", "orders/create", "1"));
        headers.remove("x-shopify-event-id");

        assertThat(read(new ShopifyScheme(), headers, "{}")).isEqualTo(new Reading.Unreadable(Reason.EVENT_ID_MISSING));
        headers.put("x-shopify-event-id", "");
        assertThat(read(new ShopifyScheme(), headers, "{}")).isEqualTo(new Reading.Unreadable(Reason.EVENT_ID_MISSING));
    }

    private static Map<String, String> shopify(String shop, String topic, String id) {
        return Map.of("x-shopify-shop-domain", shop, "x-shopify-topic", topic, "x-shopify-event-id", id);
    }

    private static String whatsApp(String value) {
        return "{'object':'whatsapp_business_account','entry':[{'id':'102290129340398','changes':[{'value':{"
                + "'messaging_product':'whatsapp'," + value + "},'field':'messages'}]}]}";
    }

    private static String mandrill(String event) {
        return "mandrill_events=" + URLEncoder.encode("[" + event.replace('\'', '"') + "]", StandardCharsets.UTF_8);
    }

    private String id(SignatureScheme scheme, Map<String, String> headers) {
        return id(scheme, headers, "{}");
    }

    private String id(SignatureScheme scheme, Map<String, String> headers, String body) {
        return ids(scheme, headers, body).get(0);
    }

    private List<String> ids(SignatureScheme scheme, Map<String, String> headers, String... bodies) {
        return List.of(bodies).stream()
                .flatMap(body -> ((Reading.Events) read(scheme, headers, body)).all().stream())
                .map(Event::id)
                .toList();
    }

    private Reading read(SignatureScheme scheme, Map<String, String> headers, String body) {
        Source source = new Source(
                scheme.name(),
                scheme,
                new SigningSecrets(List.of()),
                new Tolerance(Duration.ofMinutes(5)),
                "topic",
                null,
                scheme.defaults().locations(),
                List.of(),
                new Source.Limits(new ByteSize(1 << 20), Set.of(), false, null, List.of(), Set.of()),
                false);
        return reader.read(
                source,
                new SignedRequest(
                        "POST",
                        "/",
                        null,
                        name -> headers.containsKey(name.toLowerCase(Locale.ROOT))
                                ? List.of(headers.get(name.toLowerCase(Locale.ROOT)))
                                : List.of(),
                        Text.bytes(body.replace('\'', '"')),
                        Instant.EPOCH));
    }
}
