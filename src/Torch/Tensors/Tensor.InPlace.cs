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
            var type = is_floating_point() ? dtype ?? this.dtype : this.dtype;
            if (type == this.dtype && (device is null || device.Equals(this.device)))
            {
                return;
            }

            using var outside = no_grad();
            using var gradient = is_leaf ? grad : null;
            var needed = requires_grad;
            using var converted = Converted(type, device, false, false, false);
            using var leaf = converted.detach();
            leaf.requires_grad = needed;
            var before = Interlocked.Exchange(ref _handle, leaf.Surrender());
            Native.dfx_delete(before);
            using var moved = gradient?.Converted(type, device, false, false, false);
            if (moved is not null)
            {
                grad = moved;
            }
        }
    }
}
