namespace Dfx.SoftDiffusion;

/// <summary>The training images that a schedule is found with: always the same ones of a dataset, whatever the seed of a run.</summary>
internal static class ScheduleImages
{
    /// <summary>Fewer say nothing about a dataset.</summary>
    internal const int Fewest = 16;

    /// <summary>Reads them.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="count">How many, at most all.</param>
    /// <returns>A new float32 tensor [n, C, H, W] on the CPU, in [0, 1].</returns>
    /// <exception cref="ArgumentException">There are too few.</exception>
    internal static torch.Tensor Read(IDataSource data, int count)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter((data.Read(Split.Train, Indices(data, count)) + 1).mul_(0.5));
    }

    /// <summary>Their indices: the first of an order that depends on the number of training images alone.</summary>
    /// <inheritdoc cref="Read" path="/param|/exception"/>
    internal static int[] Indices(IDataSource data, int count)
    {
        var (all, used) = (data.Count(Split.Train), Math.Min(count, data.Count(Split.Train)));
        if (used < Fewest)
        {
            throw new ArgumentException(
                $"A schedule needs at least {Fewest} images, but the dataset has {all} training images and schedule-images is {count}: take a larger dataset, or train with schedule: linear, which needs none.", nameof(count));
        }

        return FixedOrder.First(data, "soft-diffusion/schedule", used);
    }
}
