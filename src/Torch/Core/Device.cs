using System.Globalization;

namespace Dfx.Torch;

/// <summary>Kinds of device; the numbers are libtorch's own.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>An NVIDIA GPU.</summary>
    CUDA = 1,

    /// <summary>No storage: shapes and dtypes only.</summary>
    META = 14,
}

public static partial class torch
{
    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The first CUDA device.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA, 0);

    /// <summary>Where a tensor lives: <c>cpu</c>, <c>cuda:0</c>, <c>meta</c>.</summary>
    public class Device
    {
        /// <summary>A device by kind and number; CUDA without a number is device 0.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = deviceType == DeviceType.CUDA && index < 0 ? 0 : index;
        }

        /// <summary>A device by its name, such as <c>cpu</c> or <c>cuda:1</c>.</summary>
        /// <exception cref="ArgumentException">The name is none of a device.</exception>
        public Device(string description)
            : this(Parse(description).Type, Parse(description).Index)
        {
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>The device's number among those of its kind; -1 where there is only one.</summary>
        public int index { get; }

        /// <summary>A device by its name.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <inheritdoc/>
        public override string ToString() =>
            type == DeviceType.CUDA ? string.Create(CultureInfo.InvariantCulture, $"cuda:{index}") : type == DeviceType.CPU ? "cpu" : "meta";

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Device other && other.type == type && other.index == index;

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(type, index);

        private static (DeviceType Type, int Index) Parse(string description)
        {
            var parts = description.Split(':');
            DeviceType? kind = parts[0] switch { "cpu" => DeviceType.CPU, "cuda" => DeviceType.CUDA, "meta" => DeviceType.META, _ => null };
            var index = -1;
            var valid = kind is not null && (parts.Length == 1
                || (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)));
            return valid ? (kind!.Value, index) : throw new ArgumentException(
                $"'{description}' names no device: expected cpu, cuda, cuda:N or meta.", nameof(description));
        }
    }

    /// <summary>A device by its name, such as <c>cpu</c> or <c>cuda:1</c>.</summary>
    /// <exception cref="ArgumentException">The name is none of a device.</exception>
    public static Device device(string description) => new(description);

    /// <summary>A device by kind and number.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>The same request for every factory: which dtype and device, checked before libtorch sees it.</summary>
    internal static (int Type, int DeviceType, int DeviceIndex) Place(ScalarType? dtype, Device? device)
    {
        var where = device ?? CPU;
        cuda.Require(where);
        return ((int)(dtype ?? ScalarType.Float32), (int)where.type, where.type == DeviceType.CPU ? -1 : where.index);
    }
}
