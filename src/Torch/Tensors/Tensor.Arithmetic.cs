namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum, element by element.</summary>
        public Tensor add(Tensor target) => Native.dfx_add(this, target, 1L);

        /// <summary>This + alpha target, element by element.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Native.dfx_add(this, target, alpha);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add(Scalar scalar) => Native.dfx_add_number(this, scalar, 1L);

        /// <inheritdoc cref="add(Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor add_(Tensor target) => After(Native.dfx_add_(this, target, 1L));

        /// <inheritdoc cref="add(Tensor, Scalar)"/>
        /// <remarks>In place.</remarks>
        public Tensor add_(Tensor target, Scalar alpha) => After(Native.dfx_add_(this, target, alpha));

        /// <inheritdoc cref="add(Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor add_(Scalar scalar) => After(Native.dfx_add_number_(this, scalar, 1L));

        /// <summary>The difference, element by element.</summary>
        public Tensor sub(Tensor target) => Native.dfx_sub(this, target);

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub(Scalar target) => Native.dfx_sub_number(this, target);

        /// <inheritdoc cref="sub(Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor sub_(Tensor target) => After(Native.dfx_sub_(this, target));

        /// <inheritdoc cref="sub(Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor sub_(Scalar target) => After(Native.dfx_sub_number_(this, target));

        /// <summary>The product, element by element.</summary>
        public Tensor mul(Tensor target) => Native.dfx_mul(this, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul(Scalar target) => Native.dfx_mul_number(this, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor mul_(Tensor target) => After(Native.dfx_mul_(this, target));

        /// <inheritdoc cref="mul(Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor mul_(Scalar target) => After(Native.dfx_mul_number_(this, target));

        /// <summary>The quotient, element by element, rounded if asked.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Native.dfx_div(this, target)
            : Native.dfx_div_mode(this, target, (int)rounding_mode);

        /// <inheritdoc cref="div(Tensor, RoundingMode)"/>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Native.dfx_div_number(this, target)
            : Native.dfx_div_mode_number(this, target, (int)rounding_mode);

        /// <summary>The quotient, in place.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? After(Native.dfx_div_(this, target))
            : After(Native.dfx_div_mode_(this, target, (int)rounding_mode));

        /// <summary>The quotient, in place.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? After(Native.dfx_div_number_(this, target))
            : After(Native.dfx_div_mode_number_(this, target, (int)rounding_mode));

        /// <summary>The quotient rounded towards minus infinity.</summary>
        public Tensor floor_divide(Tensor other) => Native.dfx_div_mode(this, other, (int)RoundingMode.floor);

        /// <inheritdoc cref="floor_divide(Tensor)"/>
        public Tensor floor_divide(Scalar other) => Native.dfx_div_mode_number(this, other, (int)RoundingMode.floor);

        /// <summary>This to the power of the exponent.</summary>
        public Tensor pow(Tensor exponent) => Native.dfx_pow(this, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        public Tensor pow(Scalar exponent) => Native.dfx_pow_number(this, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor pow_(Scalar exponent) => After(Native.dfx_pow_number_(this, exponent));

        /// <summary>The remainder with the sign of the divisor.</summary>
        public Tensor remainder(Tensor target) => Native.dfx_remainder(this, target);

        /// <inheritdoc cref="remainder(Tensor)"/>
        public Tensor remainder(Scalar scalar) => Native.dfx_remainder_number(this, scalar);

        /// <summary>The remainder with the sign of the dividend.</summary>
        public Tensor fmod(Tensor target) => Native.dfx_fmod(this, target);

        /// <inheritdoc cref="fmod(Tensor)"/>
        public Tensor fmod(Scalar scalar) => Native.dfx_fmod_number(this, scalar);

        /// <summary>The angle of the point (other, this); radians.</summary>
        public Tensor atan2(Tensor other) => Native.dfx_atan2(this, other);

        /// <summary>The length of the hypotenuse.</summary>
        public Tensor hypot(Tensor other) => Native.dfx_hypot(this, other);

        /// <summary>This log(y), and 0 where this is 0.</summary>
        public Tensor xlogy(Tensor y) => Native.dfx_xlogy(this, y);

        /// <summary>The larger of both, element by element; NaN wins.</summary>
        public Tensor maximum(Tensor other) => Native.dfx_maximum(this, other);

        /// <summary>The smaller of both, element by element; NaN wins.</summary>
        public Tensor minimum(Tensor other) => Native.dfx_minimum(this, other);

        /// <summary>Each element moved into [min, max]; null leaves that side open.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Native.dfx_clamp(this, min, max);

        /// <summary>Each element moved into [min, max], bounds by element; null leaves that side open.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Native.dfx_clamp_tensor(this, min, max);

        /// <summary>Each element moved into [min, max], in place.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => After(Native.dfx_clamp_(this, min, max));

        /// <summary>Each element moved up to at least min.</summary>
        public Tensor clamp_min(Scalar min) => Native.dfx_clamp(this, min, Number.None);

        /// <summary>Each element moved down to at most max.</summary>
        public Tensor clamp_max(Scalar max) => Native.dfx_clamp(this, Number.None, max);

        /// <summary>This + weight (end - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Native.dfx_lerp(this, end, weight);

        /// <summary>This + value tensor1 tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Native.dfx_addcmul(this, tensor1, tensor2, value);

        /// <summary>This + value tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Native.dfx_addcdiv(this, tensor1, tensor2, value);

        /// <summary>This + value tensor1 tensor2, in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => After(Native.dfx_addcmul_(this, tensor1, tensor2, value));

        /// <summary>This + value tensor1 / tensor2, in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => After(Native.dfx_addcdiv_(this, tensor1, tensor2, value));

        /// <summary>This where the condition holds, else y.</summary>
        public Tensor where(Tensor condition, Tensor y) => Native.dfx_where(condition, this, y);

        /// <summary>Every element set to the value.</summary>
        public Tensor fill_(Scalar value) => After(Native.dfx_fill_(this, value));

        /// <summary>Every element taken from the source, broadcast and converted to this dtype and device.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => After(Native.dfx_copy_(this, source, nonBlocking ? 1 : 0));

        /// <summary>The value where the mask (bool) holds, else this.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Native.dfx_masked_fill(this, mask, value);

        /// <summary>The value where the mask (bool) holds, in place.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => After(Native.dfx_masked_fill_(this, mask, value));

        /// <summary>NaN and infinities replaced; null: the largest finite values.</summary>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null)
        {
            var most = dtype switch
            {
                ScalarType.Float64 => double.MaxValue,
                ScalarType.Float16 => (double)Half.MaxValue,
                ScalarType.BFloat16 => 3.3895313892515355e38,
                _ => float.MaxValue,
            };
            return Native.dfx_nan_to_num(this, nan, posinf ?? most, neginf ?? -most);
        }
    }
}
