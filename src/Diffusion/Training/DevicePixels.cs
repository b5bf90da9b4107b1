using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>The training images as bytes on the run's device: batches are gathered there and need neither the host nor a transfer.</summary>
internal sealed class DevicePixels : IDisposable
{
    /// <summary>The largest part of the device's free memory that they may take.</summary>
    internal const double Share = 0.1;

    private const int Levels = 256;
    private const long ChunkBytes = 1 << 22;

    private readonly torch.Tensor _pixels;
    private readonly torch.Tensor _values;

    private DevicePixels(torch.Tensor pixels, torch.Tensor values) =>
        (_pixels, _values) = (pixels.DetachFromDisposeScope(), values.DetachFromDisposeScope());

    /// <summary>How many bytes of training images a device has room for; none on the CPU, which reads them from where they are.</summary>
    internal static long Room(torch.Device device) =>
        device.type == DeviceType.CPU ? 0 : (long)(Share * (DeviceMemory.Free(device) ?? 0));

    /// <summary>The training images of a run, if they are images of 8 bits, fit, and the run goes through them at least once; otherwise null.</summary>
    /// <param name="context">Data, device and budget.</param>
    /// <param name="room">The bytes that they may take.</param>
    internal static DevicePixels? Of(TrainingContext context, long room)
    {
        var (data, settings) = (context.Model.Data, context.Settings);
        var count = data.Count(Split.Train);
        return data.IsImages && count > 0 && count * data.Shape.Elements <= room && (long)settings.Steps * settings.Batch >= count
            ? Read(data, count, context.Model.Device)
            : null;
    }

    /// <summary>Reads images as <see cref="IDataSource.Read"/> gives them, to the bit.</summary>
    /// <param name="indices">Indices of training images.</param>
    /// <returns>A new float32 tensor [n, C, H, W], on the device.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    internal torch.Tensor Read(ReadOnlySpan<int> indices)
    {
        using var scope = torch.NewDisposeScope();
        var pixels = _pixels.index_select(0, torch.tensor(Checked(indices)).Upload(_pixels.device));
        return scope.MoveToOuter(Values(pixels, _values));
    }

    public void Dispose()
    {
        _pixels.Dispose();
        _values.Dispose();
    }

    // Values that are not those of bytes, to the bit, are no 8-bit images, whatever the data say of themselves.
    private static DevicePixels? Read(IDataSource data, int count, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var values = torch.tensor(Enumerable.Range(0, Levels).Select(v => (float)((v / 127.5) - 1)).ToArray()).Upload(device);
        var pixels = torch.empty(data.Shape.Batch(count), torch.ScalarType.Byte, device);
        var same = torch.ones(1, torch.ScalarType.Bool, device);
        var chunk = (int)Math.Clamp(ChunkBytes / data.Shape.Elements, 1, count);
        for (var first = 0; first < count; first += chunk)
        {
            using var each = torch.NewDisposeScope();
            var images = data.Read(Split.Train, [.. Enumerable.Range(first, Math.Min(chunk, count - first))]).Upload(device);
            var bytes = images.add(1).mul_(127.5).round_().clamp_(0, Levels - 1).to(torch.ScalarType.Byte);
            same.logical_and_(Values(bytes, values).eq(images).all());
            pixels.narrow(0, first, bytes.shape[0]).copy_(bytes);
        }

        return same.ToBoolean() ? new(pixels, values) : null;
    }

    // By a table: a GPU's own quotient differs in the last bit.
    private static torch.Tensor Values(torch.Tensor pixels, torch.Tensor values) =>
        values.index_select(0, pixels.flatten().to(torch.ScalarType.Int32)).view(pixels.shape);

    // On a GPU an index out of range would end the process.
    private int[] Checked(ReadOnlySpan<int> indices)
    {
        foreach (var index in indices)
        {
            if ((uint)index >= (ulong)_pixels.shape[0])
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"the Train part has {_pixels.shape[0]} images");
            }
        }

        return indices.ToArray();
    }
}
