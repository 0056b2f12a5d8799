package dev.understudy.gan;

/**
 * Numbers that a serving network's matrix products and convolutions take; what comes out of them, and all that lies between, is
 * in single precision. So sums, the numbers behind choices and calibrated scalars are not rounded twice, and what is dear to
 * compute is cheap.
 */
enum Precision {
    SINGLE(6),
    FLOAT16(5),
    BFLOAT16(15);

    /** The engine's number of the type: {@code c10/core/ScalarType.h} of PyTorch. */
    private final int type;

    Precision(int type) {
        this.type = type;
    }

    /** An expression that turns one into these numbers. */
    String of(Object expression) {
        return "torch.to(" + expression + ", " + type + ")";
    }
}
