namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Puts the native tensor of a conversion behind this object, so that whoever holds it sees the conversion.</summary>
        /// <param name="dtype">A dtype for floating-point tensors; others keep theirs.</param>
        /// <param name="device">A device, or null to stay.</param>
        internal void ConvertInPlace(ScalarType? dtype, Device? device)
        {
            using var outside = no_grad();
            var needed = requires_grad;
            using var converted = Converted(is_floating_point() ? dtype : null, device, false, false, false);
            using var leaf = converted.detach();
            leaf.requires_grad = needed;
            var before = Interlocked.Exchange(ref _handle, leaf.Surrender());
            Native.dfx_delete(before);
        }
    }
}
