namespace Dfx.Diffusion;

/// <summary>Class labels as vectors.</summary>
internal static class ClassVectors
{
    /// <summary>1 at each image's class, else 0; all 0 for <see cref="NetworkInputs.NoClass"/>.</summary>
    /// <param name="labels">[N], int64.</param>
    /// <param name="classes">How many there are.</param>
    /// <param name="dtype">The result's.</param>
    /// <returns>[N, classes] on the labels' device.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    internal static torch.Tensor Of(torch.Tensor labels, int classes, torch.ScalarType dtype)
    {
        using var scope = torch.NewDisposeScope();
        if (labels.lt(NetworkInputs.NoClass).logical_or(labels.ge(classes)).any().ToBoolean())
        {
            throw new ArgumentOutOfRangeException(
                nameof(labels), $"Labels run from {labels.min().ToInt64()} to {labels.max().ToInt64()}, but the network was made for {classes} classes.");
        }

        return scope.MoveToOuter(labels.unsqueeze(1).eq(torch.arange(classes, torch.ScalarType.Int64, labels.device)).to(dtype));
    }
}
