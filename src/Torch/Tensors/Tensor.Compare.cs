namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether both are equal, element by element, as a bool tensor.</summary>
        public Tensor eq(Tensor target) => Native.dfx_eq(this, target);

        /// <inheritdoc cref="eq(Tensor)"/>
        public Tensor eq(Scalar target) => Native.dfx_eq_number(this, target);

        /// <summary>Whether both differ, element by element, as a bool tensor.</summary>
        public Tensor ne(Tensor target) => Native.dfx_ne(this, target);

        /// <inheritdoc cref="ne(Tensor)"/>
        public Tensor ne(Scalar target) => Native.dfx_ne_number(this, target);

        /// <summary>Whether left is smaller, element by element, as a bool tensor.</summary>
        public Tensor lt(Tensor target) => Native.dfx_lt(this, target);

        /// <inheritdoc cref="lt(Tensor)"/>
        public Tensor lt(Scalar target) => Native.dfx_lt_number(this, target);

        /// <summary>Whether left is not larger, element by element, as a bool tensor.</summary>
        public Tensor le(Tensor target) => Native.dfx_le(this, target);

        /// <inheritdoc cref="le(Tensor)"/>
        public Tensor le(Scalar target) => Native.dfx_le_number(this, target);

        /// <summary>Whether left is larger, element by element, as a bool tensor.</summary>
        public Tensor gt(Tensor target) => Native.dfx_gt(this, target);

        /// <inheritdoc cref="gt(Tensor)"/>
        public Tensor gt(Scalar target) => Native.dfx_gt_number(this, target);

        /// <summary>Whether left is not smaller, element by element, as a bool tensor.</summary>
        public Tensor ge(Tensor target) => Native.dfx_ge(this, target);

        /// <inheritdoc cref="ge(Tensor)"/>
        public Tensor ge(Scalar target) => Native.dfx_ge_number(this, target);

        /// <summary>Whether left is smaller, element by element, as a bool tensor.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => Native.dfx_lt(left, right);

        /// <inheritdoc cref="operator &lt;(Tensor, Tensor)"/>
        public static Tensor operator <(Tensor left, Scalar right) => Native.dfx_lt_number(left, right);

        /// <inheritdoc cref="operator &lt;(Tensor, Tensor)"/>
        public static Tensor operator <(Scalar left, Tensor right) => Native.dfx_gt_number(right, left);

        /// <summary>Whether left is not larger, element by element, as a bool tensor.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => Native.dfx_le(left, right);

        /// <inheritdoc cref="operator &lt;=(Tensor, Tensor)"/>
        public static Tensor operator <=(Tensor left, Scalar right) => Native.dfx_le_number(left, right);

        /// <inheritdoc cref="operator &lt;=(Tensor, Tensor)"/>
        public static Tensor operator <=(Scalar left, Tensor right) => Native.dfx_ge_number(right, left);

        /// <summary>Whether left is larger, element by element, as a bool tensor.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => Native.dfx_gt(left, right);

        /// <inheritdoc cref="operator &gt;(Tensor, Tensor)"/>
        public static Tensor operator >(Tensor left, Scalar right) => Native.dfx_gt_number(left, right);

        /// <inheritdoc cref="operator &gt;(Tensor, Tensor)"/>
        public static Tensor operator >(Scalar left, Tensor right) => Native.dfx_lt_number(right, left);

        /// <summary>Whether left is not smaller, element by element, as a bool tensor.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => Native.dfx_ge(left, right);

        /// <inheritdoc cref="operator &gt;=(Tensor, Tensor)"/>
        public static Tensor operator >=(Tensor left, Scalar right) => Native.dfx_ge_number(left, right);

        /// <inheritdoc cref="operator &gt;=(Tensor, Tensor)"/>
        public static Tensor operator >=(Scalar left, Tensor right) => Native.dfx_le_number(right, left);

        /// <summary>Whether both are equal, element by element, as a bool tensor; compare with null by <c>is null</c>.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => Native.dfx_eq(left, right);

        /// <inheritdoc cref="operator ==(Tensor, Tensor)"/>
        public static Tensor operator ==(Tensor left, Scalar right) => Native.dfx_eq_number(left, right);

        /// <inheritdoc cref="operator ==(Tensor, Tensor)"/>
        public static Tensor operator ==(Scalar left, Tensor right) => Native.dfx_eq_number(right, left);

        /// <summary>Whether both differ, element by element, as a bool tensor; compare with null by <c>is not null</c>.</summary>
        public static Tensor operator !=(Tensor left, Tensor right) => Native.dfx_ne(left, right);

        /// <inheritdoc cref="operator !=(Tensor, Tensor)"/>
        public static Tensor operator !=(Tensor left, Scalar right) => Native.dfx_ne_number(left, right);

        /// <inheritdoc cref="operator !=(Tensor, Tensor)"/>
        public static Tensor operator !=(Scalar left, Tensor right) => Native.dfx_ne_number(right, left);

        /// <summary>Whether shape, dtype and every element are the same.</summary>
        public bool Equals(Tensor target)
        {
            NativeResults.Check(Native.dfx_equal(this, target, out var result));
            return result != 0;
        }

        /// <inheritdoc cref="Equals(Tensor)"/>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>By identity: a tensor's elements can change.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        /// <summary>And of bits or truth values.</summary>
        public static Tensor operator &(Tensor left, Tensor right) => Native.dfx_bitwise_and(left, right);

        /// <summary>And of bits or truth values.</summary>
        public Tensor bitwise_and(Tensor other) => Native.dfx_bitwise_and(this, other);

        /// <summary>Or of bits or truth values.</summary>
        public static Tensor operator |(Tensor left, Tensor right) => Native.dfx_bitwise_or(left, right);

        /// <summary>Or of bits or truth values.</summary>
        public Tensor bitwise_or(Tensor other) => Native.dfx_bitwise_or(this, other);

        /// <summary>Exclusive or of bits or truth values.</summary>
        public static Tensor operator ^(Tensor left, Tensor right) => Native.dfx_bitwise_xor(left, right);

        /// <summary>Exclusive or of bits or truth values.</summary>
        public Tensor bitwise_xor(Tensor other) => Native.dfx_bitwise_xor(this, other);

        /// <summary>Whether both are not zero.</summary>
        public Tensor logical_and(Tensor other) => Native.dfx_logical_and(this, other);

        /// <summary>Whether one of both is not zero.</summary>
        public Tensor logical_or(Tensor other) => Native.dfx_logical_or(this, other);

        /// <summary>Whether just one of both is not zero.</summary>
        public Tensor logical_xor(Tensor other) => Native.dfx_logical_xor(this, other);

        /// <summary>Whether both are within atol + rtol |other|, element by element.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Native.dfx_isclose(this, other, rtol, atol, nanEqual ? 1 : 0);

        /// <summary>Whether all elements are within atol + rtol |target|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            NativeResults.Check(Native.dfx_allclose(this, target, rtol, atol, equal_nan ? 1 : 0, out var result));
            return result != 0;
        }
    }
}
