package dev.bellhop.order.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Sees the answers to all tests; one that the API does not describe fails its test at once. Found as a service. */
public final class DescribedAnswers implements QuarkusTestBeforeEachCallback, Filter {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        RestAssured.replaceFiltersWith(this);
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response answer = context.next(request, expected);
        Described.given(request.getMethod(), request.getURI(), answer.statusCode(), code(answer));
        return answer;
    }

    private static @Nullable String code(Response answer) {
        if (!answer.contentType().startsWith(Problem.MEDIA_TYPE)) {
            return null;
        }
        try {
            return JSON.readTree(answer.asByteArray()).path("code").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("a problem is JSON", e);
        }
    }
}
