package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.MomentumKernel;
import dev.lanes.numerics.kernels.Workspace;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Gradient descent with momentum in one pass: every value is read once and written once. Each loop has the gradient of
 * {@link Updates} in vectors in its own text, because a vector that is passed to a method is an object wherever the
 * compiler does not inline the method; it compares and chooses, because a minimum that minds NaN and signed zeros takes
 * several instructions.
 */
public final class MomentumLanes implements MomentumKernel {
    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(
            RowsGeometry g,
            float scale,
            float bound,
            float decay,
            float momentum,
            boolean nesterov,
            float rate,
            float[] dw,
            int dwOffset,
            float[] v,
            int vOffset,
            float[] w,
            int wOffset,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.scale = scale;
        job.bound = bound;
        job.decay = decay;
        job.momentum = momentum;
        job.nesterov = nesterov;
        job.rate = rate;
        job.run(g.elements(), dw, dwOffset, v, vOffset, w, wOffset, workspace);
    }

    private static final class Job extends Ranges {
        private float scale;
        private float bound;
        private float decay;
        private float momentum;
        private boolean nesterov;
        private float rate;

        @Override
        void range(float[] dw, int dwAt, float[] v, int vAt, float[] w, int wAt, int length) {
            if (v == null) {
                descend(dw, dwAt, w, wAt, length, scale, bound, decay, rate);
            } else if (nesterov) {
                lookAhead(dw, dwAt, v, vAt, w, wAt, length, scale, bound, decay, momentum, rate);
            } else {
                roll(dw, dwAt, v, vAt, w, wAt, length, scale, bound, decay, momentum, rate);
            }
        }

        private static void descend(
                float[] dw,
                int dwAt,
                float[] w,
                int wAt,
                int length,
                float scale,
                float bound,
                float decay,
                float rate) {
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector old = FloatVector.fromArray(F, w, wAt + i);
                FloatVector d = FloatVector.fromArray(F, dw, dwAt + i).mul(scale);
                d = d.blend(bound, d.compare(VectorOperators.GT, bound));
                d = d.blend(-bound, d.compare(VectorOperators.LT, -bound));
                d = old.fma(FloatVector.broadcast(F, decay), d);
                d.fma(FloatVector.broadcast(F, -rate), old).intoArray(w, wAt + i);
            }
            for (; i < length; i++) {
                float d = Updates.gradient(dw[dwAt + i], scale, bound, decay, w[wAt + i]);
                w[wAt + i] = Math.fma(d, -rate, w[wAt + i]);
            }
        }

        private static void roll(
                float[] dw,
                int dwAt,
                float[] v,
                int vAt,
                float[] w,
                int wAt,
                int length,
                float scale,
                float bound,
                float decay,
                float momentum,
                float rate) {
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector old = FloatVector.fromArray(F, w, wAt + i);
                FloatVector d = FloatVector.fromArray(F, dw, dwAt + i).mul(scale);
                d = d.blend(bound, d.compare(VectorOperators.GT, bound));
                d = d.blend(-bound, d.compare(VectorOperators.LT, -bound));
                d = old.fma(FloatVector.broadcast(F, decay), d);
                FloatVector velocity =
                        FloatVector.fromArray(F, v, vAt + i).mul(momentum).add(d);
                velocity.intoArray(v, vAt + i);
                velocity.fma(FloatVector.broadcast(F, -rate), old).intoArray(w, wAt + i);
            }
            for (; i < length; i++) {
                float d = Updates.gradient(dw[dwAt + i], scale, bound, decay, w[wAt + i]);
                float velocity = momentum * v[vAt + i] + d;
                v[vAt + i] = velocity;
                w[wAt + i] = Math.fma(velocity, -rate, w[wAt + i]);
            }
        }

        private static void lookAhead(
                float[] dw,
                int dwAt,
                float[] v,
                int vAt,
                float[] w,
                int wAt,
                int length,
                float scale,
                float bound,
                float decay,
                float momentum,
                float rate) {
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector old = FloatVector.fromArray(F, w, wAt + i);
                FloatVector d = FloatVector.fromArray(F, dw, dwAt + i).mul(scale);
                d = d.blend(bound, d.compare(VectorOperators.GT, bound));
                d = d.blend(-bound, d.compare(VectorOperators.LT, -bound));
                d = old.fma(FloatVector.broadcast(F, decay), d);
                FloatVector velocity =
                        FloatVector.fromArray(F, v, vAt + i).mul(momentum).add(d);
                velocity.intoArray(v, vAt + i);
                FloatVector ahead = velocity.fma(FloatVector.broadcast(F, momentum), d);
                ahead.fma(FloatVector.broadcast(F, -rate), old).intoArray(w, wAt + i);
            }
            for (; i < length; i++) {
                float d = Updates.gradient(dw[dwAt + i], scale, bound, decay, w[wAt + i]);
                float velocity = momentum * v[vAt + i] + d;
                v[vAt + i] = velocity;
                float ahead = Math.fma(velocity, momentum, d);
                w[wAt + i] = Math.fma(ahead, -rate, w[wAt + i]);
            }
        }
    }
}
