namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => Native.dfx_add(left, right, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, int right) => Native.dfx_add_number(left, (long)right, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, long right) => Native.dfx_add_number(left, right, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, float right) => Native.dfx_add_number(left, (double)right, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, double right) => Native.dfx_add_number(left, right, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => Native.dfx_add_number(left, right, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(int left, Tensor right) => Native.dfx_add_number(right, (long)left, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(long left, Tensor right) => Native.dfx_add_number(right, left, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(float left, Tensor right) => Native.dfx_add_number(right, (double)left, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(double left, Tensor right) => Native.dfx_add_number(right, left, 1L);

        /// <summary>The sum.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => Native.dfx_add_number(right, left, 1L);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => Native.dfx_sub(left, right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, int right) => Native.dfx_sub_number(left, (long)right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, long right) => Native.dfx_sub_number(left, right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, float right) => Native.dfx_sub_number(left, (double)right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, double right) => Native.dfx_sub_number(left, right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => Native.dfx_sub_number(left, right);

        /// <summary>The difference.</summary>
        public static Tensor operator -(int left, Tensor right) => Native.dfx_rsub_number(right, (long)left);

        /// <summary>The difference.</summary>
        public static Tensor operator -(long left, Tensor right) => Native.dfx_rsub_number(right, left);

        /// <summary>The difference.</summary>
        public static Tensor operator -(float left, Tensor right) => Native.dfx_rsub_number(right, (double)left);

        /// <summary>The difference.</summary>
        public static Tensor operator -(double left, Tensor right) => Native.dfx_rsub_number(right, left);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => Native.dfx_rsub_number(right, left);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => Native.dfx_mul(left, right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, int right) => Native.dfx_mul_number(left, (long)right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, long right) => Native.dfx_mul_number(left, right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, float right) => Native.dfx_mul_number(left, (double)right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, double right) => Native.dfx_mul_number(left, right);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => Native.dfx_mul_number(left, right);

        /// <summary>The product.</summary>
        public static Tensor operator *(int left, Tensor right) => Native.dfx_mul_number(right, (long)left);

        /// <summary>The product.</summary>
        public static Tensor operator *(long left, Tensor right) => Native.dfx_mul_number(right, left);

        /// <summary>The product.</summary>
        public static Tensor operator *(float left, Tensor right) => Native.dfx_mul_number(right, (double)left);

        /// <summary>The product.</summary>
        public static Tensor operator *(double left, Tensor right) => Native.dfx_mul_number(right, left);

        /// <summary>The product.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => Native.dfx_mul_number(right, left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => Native.dfx_div(left, right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, int right) => Native.dfx_div_number(left, (long)right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, long right) => Native.dfx_div_number(left, right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, float right) => Native.dfx_div_number(left, (double)right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, double right) => Native.dfx_div_number(left, right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => Native.dfx_div_number(left, right);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(int left, Tensor right) => Native.dfx_rdiv_number(right, (long)left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(long left, Tensor right) => Native.dfx_rdiv_number(right, left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(float left, Tensor right) => Native.dfx_rdiv_number(right, (double)left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(double left, Tensor right) => Native.dfx_rdiv_number(right, left);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => Native.dfx_rdiv_number(right, left);

        /// <summary>The remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => Native.dfx_remainder(left, right);

        /// <summary>The remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, int right) => Native.dfx_remainder_number(left, (long)right);

        /// <summary>The remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, long right) => Native.dfx_remainder_number(left, right);

        /// <summary>The remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, float right) => Native.dfx_remainder_number(left, (double)right);

        /// <summary>The remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, double right) => Native.dfx_remainder_number(left, right);

        /// <summary>The remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => Native.dfx_remainder_number(left, right);

        /// <summary>The negated value.</summary>
        public static Tensor operator -(Tensor tensor) => Native.dfx_neg(tensor);

        /// <summary>All bits flipped; the negated truth value for bool.</summary>
        public static Tensor operator ~(Tensor left) => Native.dfx_bitwise_not(left);
    }
}
