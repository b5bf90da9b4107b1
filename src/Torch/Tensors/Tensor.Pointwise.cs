namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The absolute value.</summary>
        public Tensor abs() => Native.dfx_abs(this);

        /// <summary>The negated value.</summary>
        public Tensor neg() => Native.dfx_neg(this);

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Native.dfx_exp(this);

        /// <summary>2 to the power of each element.</summary>
        public Tensor exp2() => Native.dfx_exp2(this);

        /// <summary>exp(x) - 1, exact for small x.</summary>
        public Tensor expm1() => Native.dfx_expm1(this);

        /// <summary>The natural logarithm.</summary>
        public Tensor log() => Native.dfx_log(this);

        /// <summary>log(1 + x), exact for small x.</summary>
        public Tensor log1p() => Native.dfx_log1p(this);

        /// <summary>The logarithm to base 2.</summary>
        public Tensor log2() => Native.dfx_log2(this);

        /// <summary>The logarithm to base 10.</summary>
        public Tensor log10() => Native.dfx_log10(this);

        /// <summary>The square root.</summary>
        public Tensor sqrt() => Native.dfx_sqrt(this);

        /// <summary>One over the square root.</summary>
        public Tensor rsqrt() => Native.dfx_rsqrt(this);

        /// <summary>The square.</summary>
        public Tensor square() => Native.dfx_square(this);

        /// <summary>One over each element.</summary>
        public Tensor reciprocal() => Native.dfx_reciprocal(this);

        /// <summary>The sine; radians.</summary>
        public Tensor sin() => Native.dfx_sin(this);

        /// <summary>The cosine; radians.</summary>
        public Tensor cos() => Native.dfx_cos(this);

        /// <summary>The tangent; radians.</summary>
        public Tensor tan() => Native.dfx_tan(this);

        /// <summary>The hyperbolic sine.</summary>
        public Tensor sinh() => Native.dfx_sinh(this);

        /// <summary>The hyperbolic cosine.</summary>
        public Tensor cosh() => Native.dfx_cosh(this);

        /// <summary>The hyperbolic tangent.</summary>
        public Tensor tanh() => Native.dfx_tanh(this);

        /// <summary>The inverse sine; radians.</summary>
        public Tensor asin() => Native.dfx_asin(this);

        /// <summary>The inverse cosine; radians.</summary>
        public Tensor acos() => Native.dfx_acos(this);

        /// <summary>The inverse tangent; radians.</summary>
        public Tensor atan() => Native.dfx_atan(this);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => Native.dfx_sigmoid(this);

        /// <summary>The error function.</summary>
        public Tensor erf() => Native.dfx_erf(this);

        /// <summary>The complementary error function.</summary>
        public Tensor erfc() => Native.dfx_erfc(this);

        /// <summary>The inverse of the error function, for values in (-1, 1).</summary>
        public Tensor erfinv() => Native.dfx_erfinv(this);

        /// <summary>The largest integer not above each element.</summary>
        public Tensor floor() => Native.dfx_floor(this);

        /// <summary>The smallest integer not below each element.</summary>
        public Tensor ceil() => Native.dfx_ceil(this);

        /// <summary>Each element without its fraction.</summary>
        public Tensor trunc() => Native.dfx_trunc(this);

        /// <summary>The fraction of each element.</summary>
        public Tensor frac() => Native.dfx_frac(this);

        /// <summary>-1, 0 or 1.</summary>
        public Tensor sign() => Native.dfx_sign(this);

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => Native.dfx_relu(this);

        /// <summary>x sigmoid(x).</summary>
        public Tensor silu() => Native.dfx_silu(this);

        /// <summary>log(sigmoid(x)), stable for large negative x.</summary>
        public Tensor log_sigmoid() => Native.dfx_log_sigmoid(this);

        /// <summary>The logarithm of the gamma function.</summary>
        public Tensor lgamma() => Native.dfx_lgamma(this);

        /// <summary>The derivative of the logarithm of the gamma function.</summary>
        public Tensor digamma() => Native.dfx_digamma(this);

        /// <summary>Whether each element is not a number.</summary>
        public Tensor isnan() => Native.dfx_isnan(this);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => Native.dfx_isinf(this);

        /// <summary>Whether each element is neither infinite nor NaN.</summary>
        public Tensor isfinite() => Native.dfx_isfinite(this);

        /// <summary>The negated truth value.</summary>
        public Tensor logical_not() => Native.dfx_logical_not(this);

        /// <summary>All bits flipped; the negated truth value for bool.</summary>
        public Tensor bitwise_not() => Native.dfx_bitwise_not(this);

        /// <summary>The angle of a complex number; radians.</summary>
        public Tensor angle() => Native.dfx_angle(this);

        /// <summary>The complex conjugate, as a view.</summary>
        public Tensor conj() => Native.dfx_conj(this);

        /// <summary>The tensor with a pending conjugation carried out.</summary>
        public Tensor resolve_conj() => Native.dfx_resolve_conj(this);

        /// <summary>A complex tensor as a real one with a last dimension of two.</summary>
        public Tensor view_as_real() => Native.dfx_view_as_real(this);

        /// <summary>sin(pi x) / (pi x).</summary>
        public Tensor sinc() => Native.dfx_sinc(this);

        /// <summary>Degrees to radians.</summary>
        public Tensor deg2rad() => Native.dfx_deg2rad(this);

        /// <summary>Each element rounded to the nearest integer, halves to even; <paramref name="decimals"/> must be 0.</summary>
        public Tensor round(long decimals = 0) =>
            decimals == 0 ? Native.dfx_round(this) : throw new ArgumentOutOfRangeException(nameof(decimals), decimals, "Only 0 decimals are bound.");

        /// <summary>The real part of a complex tensor, as a view.</summary>
        public Tensor real => Native.dfx_real(this);

        /// <summary>The imaginary part of a complex tensor, as a view.</summary>
        public Tensor imag => Native.dfx_imag(this);

        /// <inheritdoc cref="abs()"/>
        /// <remarks>In place.</remarks>
        public Tensor abs_() => After(Native.dfx_abs_(this));

        /// <inheritdoc cref="neg()"/>
        /// <remarks>In place.</remarks>
        public Tensor neg_() => After(Native.dfx_neg_(this));

        /// <inheritdoc cref="exp()"/>
        /// <remarks>In place.</remarks>
        public Tensor exp_() => After(Native.dfx_exp_(this));

        /// <inheritdoc cref="log()"/>
        /// <remarks>In place.</remarks>
        public Tensor log_() => After(Native.dfx_log_(this));

        /// <inheritdoc cref="sqrt()"/>
        /// <remarks>In place.</remarks>
        public Tensor sqrt_() => After(Native.dfx_sqrt_(this));

        /// <inheritdoc cref="rsqrt()"/>
        /// <remarks>In place.</remarks>
        public Tensor rsqrt_() => After(Native.dfx_rsqrt_(this));

        /// <inheritdoc cref="reciprocal()"/>
        /// <remarks>In place.</remarks>
        public Tensor reciprocal_() => After(Native.dfx_reciprocal_(this));

        /// <inheritdoc cref="sin()"/>
        /// <remarks>In place.</remarks>
        public Tensor sin_() => After(Native.dfx_sin_(this));

        /// <inheritdoc cref="cos()"/>
        /// <remarks>In place.</remarks>
        public Tensor cos_() => After(Native.dfx_cos_(this));

        /// <inheritdoc cref="tanh()"/>
        /// <remarks>In place.</remarks>
        public Tensor tanh_() => After(Native.dfx_tanh_(this));

        /// <inheritdoc cref="sigmoid()"/>
        /// <remarks>In place.</remarks>
        public Tensor sigmoid_() => After(Native.dfx_sigmoid_(this));

        /// <inheritdoc cref="floor()"/>
        /// <remarks>In place.</remarks>
        public Tensor floor_() => After(Native.dfx_floor_(this));

        /// <inheritdoc cref="ceil()"/>
        /// <remarks>In place.</remarks>
        public Tensor ceil_() => After(Native.dfx_ceil_(this));

        /// <summary>log(1 + exp(beta x)) / beta; linear where beta x is above the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => Native.dfx_softplus(this, beta, threshold);

        /// <summary>Softmax along a dimension, in the given dtype if there is one.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Native.dfx_softmax(this, dim, (int?)dtype ?? -1);

        /// <summary>The logarithm of softmax along a dimension, stable.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Native.dfx_log_softmax(this, dim, (int?)dtype ?? -1);
    }
}
