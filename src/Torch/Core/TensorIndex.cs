namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>One place of an index expression: an integer, a slice, a mask, an index tensor, an ellipsis, a new dimension.</summary>
    public readonly struct TensorIndex
    {
        /// <summary>All dimensions that are not named.</summary>
        public static readonly TensorIndex Ellipsis = new(IndexKind.Ellipsis);

        /// <summary>A new dimension of extent 1.</summary>
        public static readonly TensorIndex None = new(IndexKind.None);

        /// <summary>A whole dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        private readonly IndexKind _kind;
        private readonly long _a;
        private readonly long _b;
        private readonly long _c;
        private readonly torch.Tensor? _tensor;

        private TensorIndex(IndexKind kind, long a = 0, long b = 0, long c = 0, torch.Tensor? tensor = null)
        {
            _kind = kind;
            _a = a;
            _b = b;
            _c = c;
            _tensor = tensor;
        }

        /// <summary>From start up to, not including, stop, by step; null leaves a bound open. Negative counts from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(IndexKind.Slice, start ?? NativeIndex.Open, stop ?? NativeIndex.Open, step ?? NativeIndex.Open);

        /// <summary>The indices of a C# range.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.Equals(Index.End) ? long.MaxValue : Bound(range.Start),
            range.End.Equals(Index.End) ? null : Bound(range.End));

        /// <summary>One index, whose dimension goes; null for a new dimension.</summary>
        public static TensorIndex Single(long? index) => index is { } i ? new(IndexKind.Integer, i) : None;

        /// <summary>A new dimension, empty for false.</summary>
        public static TensorIndex Bool(bool value) => new(IndexKind.Boolean, value ? 1 : 0);

        /// <summary>The places that a tensor names: indices (int64) or a mask (bool).</summary>
        public static TensorIndex Tensor(torch.Tensor tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return new(IndexKind.Tensor, tensor: tensor);
        }

        /// <summary>One index.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>The indices of a C# range.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One index, from the end if it says so.</summary>
        public static implicit operator TensorIndex(Index index) => index.Equals(Index.End)
            ? throw new ArgumentOutOfRangeException(nameof(index), "^0 is the place behind the last element.")
            : Single(Bound(index));

        internal NativeIndex ToNative() => new(_kind, _a, _b, _c, _tensor?.Handle ?? 0);

        private static long Bound(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
