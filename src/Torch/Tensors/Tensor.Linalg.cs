namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The matrix product, batched and broadcast over leading dimensions.</summary>
        public Tensor matmul(Tensor target) => Native.dfx_matmul(this, target);

        /// <summary>The product of two matrices.</summary>
        public Tensor mm(Tensor target) => Native.dfx_mm(this, target);

        /// <summary>The product of two batches of matrices.</summary>
        public Tensor bmm(Tensor batch2) => Native.dfx_bmm(this, batch2);

        /// <summary>Matrix times vector.</summary>
        public Tensor mv(Tensor target) => Native.dfx_mv(this, target);

        /// <summary>The inner product of two vectors.</summary>
        public Tensor dot(Tensor target) => Native.dfx_dot(this, target);

        /// <summary>The outer product of two vectors.</summary>
        public Tensor outer(Tensor vec2) => Native.dfx_outer(this, vec2);

        /// <summary>The Kronecker product.</summary>
        public Tensor kron(Tensor other) => Native.dfx_kron(this, other);

        /// <summary>beta this + alpha (batch1 batch2), batches of matrices.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Native.dfx_baddbmm(this, batch1, batch2, beta, alpha);

        /// <summary>beta this + alpha (mat1 mat2).</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Native.dfx_addmm(this, mat1, mat2, beta, alpha);

        /// <summary>The sum of the diagonal of a matrix.</summary>
        public Tensor trace() => Native.dfx_trace(this);

        /// <summary>The inverse of a square matrix, or of each of a batch.</summary>
        public Tensor inverse() => Native.dfx_linalg_inv(this);

        /// <summary>The determinant of a square matrix, or of each of a batch.</summary>
        public Tensor det() => Native.dfx_linalg_det(this);
    }
}
