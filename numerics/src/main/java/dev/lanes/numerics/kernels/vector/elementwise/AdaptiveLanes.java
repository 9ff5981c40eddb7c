package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.AdaptiveKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The step of Adam and its like in one pass, written out as that of {@link MomentumLanes}. */
public final class AdaptiveLanes implements AdaptiveKernel {
    /** Elements of a range: a few microseconds of work. */
    private static final int LENGTH = 1 << 13;

    /** Operations an element, a division and a root among them. */
    private static final long WORK = 16;

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
            float beta,
            float kept,
            float gain,
            float correction,
            float epsilon,
            float shrink,
            float rate,
            float[] dw,
            int dwOffset,
            float[] m,
            int mOffset,
            float[] s,
            int sOffset,
            float[] w,
            int wOffset,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.elements = g.elements();
        job.scale = scale;
        job.bound = bound;
        job.decay = decay;
        job.beta = beta;
        job.kept = kept;
        job.gain = gain;
        job.correction = correction;
        job.epsilon = epsilon;
        job.shrink = shrink;
        job.rate = rate;
        job.dw = dw;
        job.dwOffset = dwOffset;
        job.m = m;
        job.mOffset = mOffset;
        job.s = s;
        job.sOffset = sOffset;
        job.w = w;
        job.wOffset = wOffset;
        try {
            workspace.run(Math.ceilDiv(g.elements(), LENGTH), WORK * g.elements(), job);
        } finally {
            job.dw = null;
            job.m = null;
            job.s = null;
            job.w = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private int elements;
        private float scale;
        private float bound;
        private float decay;
        private float beta;
        private float kept;
        private float gain;
        private float correction;
        private float epsilon;
        private float shrink;
        private float rate;
        private float[] dw;
        private int dwOffset;
        private float[] m;
        private int mOffset;
        private float[] s;
        private int sOffset;
        private float[] w;
        private int wOffset;

        @Override
        public void run(int chunk, int worker) {
            int from = chunk * LENGTH;
            int length = Math.min(LENGTH, elements - from);
            if (m == null) {
                plain(dw, dwOffset + from, s, sOffset + from, w, wOffset + from, length);
            } else {
                averaged(dw, dwOffset + from, m, mOffset + from, s, sOffset + from, w, wOffset + from, length);
            }
        }

        private void averaged(
                float[] dw, int dwAt, float[] m, int mAt, float[] s, int sAt, float[] w, int wAt, int length) {
            float scale = this.scale;
            float bound = this.bound;
            float decay = this.decay;
            float kept = this.kept;
            float gain = this.gain;
            float correction = this.correction;
            float epsilon = this.epsilon;
            float shrink = this.shrink;
            float rate = this.rate;
            float beta = this.beta;
            float rest = 1f - beta;
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector old = FloatVector.fromArray(F, w, wAt + i);
                FloatVector d = FloatVector.fromArray(F, dw, dwAt + i).mul(scale);
                d = d.blend(bound, d.compare(VectorOperators.GT, bound));
                d = d.blend(-bound, d.compare(VectorOperators.LT, -bound));
                d = old.fma(FloatVector.broadcast(F, decay), d);
                FloatVector mean = d.fma(
                        FloatVector.broadcast(F, rest),
                        FloatVector.fromArray(F, m, mAt + i).mul(beta));
                mean.intoArray(m, mAt + i);
                FloatVector square =
                        d.mul(gain).fma(d, FloatVector.fromArray(F, s, sAt + i).mul(kept));
                square.intoArray(s, sAt + i);
                FloatVector size =
                        square.sqrt().fma(FloatVector.broadcast(F, correction), FloatVector.broadcast(F, epsilon));
                mean.div(size)
                        .fma(FloatVector.broadcast(F, -rate), old.mul(shrink))
                        .intoArray(w, wAt + i);
            }
            for (; i < length; i++) {
                float d = Updates.gradient(dw[dwAt + i], scale, bound, decay, w[wAt + i]);
                m[mAt + i] = Math.fma(d, rest, beta * m[mAt + i]);
                s[sAt + i] = square(d, s[sAt + i]);
                w[wAt + i] = step(m[mAt + i], s[sAt + i], w[wAt + i]);
            }
        }

        private void plain(float[] dw, int dwAt, float[] s, int sAt, float[] w, int wAt, int length) {
            float scale = this.scale;
            float bound = this.bound;
            float decay = this.decay;
            float kept = this.kept;
            float gain = this.gain;
            float correction = this.correction;
            float epsilon = this.epsilon;
            float shrink = this.shrink;
            float rate = this.rate;
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector old = FloatVector.fromArray(F, w, wAt + i);
                FloatVector d = FloatVector.fromArray(F, dw, dwAt + i).mul(scale);
                d = d.blend(bound, d.compare(VectorOperators.GT, bound));
                d = d.blend(-bound, d.compare(VectorOperators.LT, -bound));
                d = old.fma(FloatVector.broadcast(F, decay), d);
                FloatVector square =
                        d.mul(gain).fma(d, FloatVector.fromArray(F, s, sAt + i).mul(kept));
                square.intoArray(s, sAt + i);
                FloatVector size =
                        square.sqrt().fma(FloatVector.broadcast(F, correction), FloatVector.broadcast(F, epsilon));
                d.div(size)
                        .fma(FloatVector.broadcast(F, -rate), old.mul(shrink))
                        .intoArray(w, wAt + i);
            }
            for (; i < length; i++) {
                float d = Updates.gradient(dw[dwAt + i], scale, bound, decay, w[wAt + i]);
                s[sAt + i] = square(d, s[sAt + i]);
                w[wAt + i] = step(d, s[sAt + i], w[wAt + i]);
            }
        }

        private float square(float d, float old) {
            return Math.fma(d * gain, d, old * kept);
        }

        private float step(float mean, float square, float old) {
            float size = Math.fma((float) Math.sqrt(square), correction, epsilon);
            return Math.fma(mean / size, -rate, old * shrink);
        }
    }
}
