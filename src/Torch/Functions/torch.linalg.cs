namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>Linear algebra, in the dtype of the input (float32 or float64), on its device.</summary>
    public static partial class linalg
    {
        /// <summary>Eigenvalues in ascending order and eigenvectors (columns) of symmetric matrices; reads one triangle.</summary>
        /// <param name="input">[..., n, n], symmetric or Hermitian.</param>
        /// <param name="UPLO">'L' or 'U': which triangle is read.</param>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => NativeResults.Two(Native.dfx_linalg_eigh(input, Upper(UPLO)));

        /// <summary>Eigenvalues in ascending order of symmetric matrices; reads one triangle.</summary>
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Native.dfx_linalg_eigvalsh(input, Upper(UPLO));

        /// <summary>Singular value decomposition U diag(S) Vh.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            NativeResults.Three(Native.dfx_linalg_svd(input, fullMatrices ? 1 : 0));

        /// <summary>Singular values in descending order.</summary>
        public static Tensor svdvals(Tensor input) => Native.dfx_linalg_svdvals(input);

        /// <summary>QR decomposition.</summary>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) => NativeResults.Two(Native.dfx_linalg_qr(input, (int)mode));

        /// <summary>X with A X = B, or X A = B if not left.</summary>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Native.dfx_linalg_solve(A, B, left ? 1 : 0);

        /// <summary>X with A X = B for a triangular A.</summary>
        public static Tensor solve_triangular(
            Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false, Tensor? @out = null) => @out is null
                ? Native.dfx_linalg_solve_triangular(A, B, upper ? 1 : 0, left ? 1 : 0, unitriangular ? 1 : 0)
                : throw new NotSupportedException("An output tensor is not bound; copy the result instead.");

        /// <summary>The lower Cholesky factor of positive-definite matrices.</summary>
        public static Tensor cholesky(Tensor input) => Native.dfx_linalg_cholesky(input, 0);

        /// <summary>The inverse of square matrices.</summary>
        public static Tensor inv(Tensor input) => Native.dfx_linalg_inv(input);

        /// <summary>The determinant of square matrices.</summary>
        public static Tensor det(Tensor input) => Native.dfx_linalg_det(input);

        /// <summary>Sign and logarithm of the absolute value of the determinant.</summary>
        public static (Tensor, Tensor) slogdet(Tensor input) => NativeResults.Two(Native.dfx_linalg_slogdet(input));

        /// <summary>The p-norm over dimensions, or over all of them; <paramref name="ord"/> may be infinite.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Native.dfx_linalg_vector_norm(input, ord, dims, dims?.Length ?? 0, keepdim ? 1 : 0);

        /// <summary>The 2-norm of vectors, or the Frobenius norm of matrices.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) => vector_norm(input, 2, dims, keepdim);

        /// <summary>A matrix norm by name: "fro" or "nuc".</summary>
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false)
        {
            ArgumentNullException.ThrowIfNull(ord);
            return Native.dfx_linalg_norm(input, ord, dims, dims?.Length ?? 0, keepdim ? 1 : 0);
        }

        private static int Upper(char triangle) => triangle switch
        {
            'L' => 0,
            'U' => 1,
            _ => throw new ArgumentException($"'{triangle}' names no triangle: expected 'L' or 'U'.", nameof(triangle)),
        };

        /// <summary>What a QR decomposition returns.</summary>
        public enum QRMode
        {
            /// <summary>Q with as many columns as the smaller extent.</summary>
            Reduced = 0,

            /// <summary>A square Q.</summary>
            Complete = 1,

            /// <summary>R alone; Q is empty.</summary>
            R = 2,
        }
    }
}
