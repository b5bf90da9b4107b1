namespace Dfx.Baselines;

/// <summary>Numbers that each row of a batch has for itself.</summary>
internal static class Rows
{
    /// <summary>A number a row, as a new tensor that multiplies the rows of <paramref name="like"/>: [N, 1, 1, 1], its dtype and device.</summary>
    internal static torch.Tensor Of(double[] numbers, torch.Tensor like) => Levels(numbers, like).view(-1, 1, 1, 1);

    /// <summary>A number a row, [N], of the dtype and on the device of <paramref name="like"/>.</summary>
    internal static torch.Tensor Levels(double[] numbers, torch.Tensor like) => torch.tensor(numbers, like.dtype, like.device);

    /// <summary>The root of the mean square of every row's numbers.</summary>
    internal static double[] Rms(torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        return x.@double().flatten(1).square().mean([1L]).sqrt().cpu().data<double>().ToArray();
    }
}
