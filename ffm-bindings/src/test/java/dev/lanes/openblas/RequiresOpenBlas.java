package dev.lanes.openblas;

import dev.lanes.numerics.spi.Probe;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips where there is no OpenBLAS, saying why; where {@code CI} is true it runs all the same, and so fails. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresOpenBlas.Condition.class)
@interface RequiresOpenBlas {
    /** Asks the probe. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Probe probe = OpenBlas.probe();
            return probe.available() || "true".equals(System.getenv("CI"))
                    ? ConditionEvaluationResult.enabled(probe.reason())
                    : ConditionEvaluationResult.disabled("openblas: " + probe.reason() + "; " + probe.remedy());
        }
    }
}
