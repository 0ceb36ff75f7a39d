package dev.bellhop.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bodies as large, and as often, as those of GitHub's webhooks: from a branch that was made to a pull request with both
 * of its repositories. The same ones in each run.
 */
final class GitHubMix {

    /** Kinds of event: bytes, and of a hundred deliveries how many. */
    private static final int[][] KINDS = {
        {900, 4}, // ping, meta
        {6_500, 14}, // create, delete, star, watch
        {7_800, 30}, // push
        {9_500, 10}, // status, deployment
        {11_500, 16}, // issues, issue_comment
        {13_000, 14}, // check_run, workflow_job
        {18_000, 6}, // workflow_run
        {27_000, 6}, // pull_request
    };

    private final List<String> fillings = new ArrayList<>();

    GitHubMix() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> kinds = new ArrayList<>();
        for (int[] kind : KINDS) {
            String filling = fields(random, kind[0]);
            for (int n = 0; n < kind[1]; n++) {
                kinds.add(filling);
            }
        }
        while (!kinds.isEmpty()) {
            fillings.add(kinds.remove(random.nextInt(kinds.size())));
        }
    }

    /** Many short fields, as there are many URLs in a repository's description. */
    private static String fields(SplittableRandom random, int bytes) {
        StringBuilder fields = new StringBuilder();
        while (fields.length() < bytes - 60) {
            fields.append(",\"field_")
                    .append(fields.length())
                    .append("\":\"https://api.example.com/repos/")
                    .append(Long.toHexString(random.nextLong()))
                    .append('"');
        }
        return fields.toString();
    }

    /** The n-th delivery, about the order {@code n % 10_000}. */
    byte[] body(long n) {
        String filling = fillings.get((int) (n % fillings.size()));
        return ("{\"action\":\"opened\",\"orderId\":\"" + (n % 10_000) + "\"" + filling + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
