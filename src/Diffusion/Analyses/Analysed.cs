namespace Dfx.Diffusion;

/// <summary>What analyses of trained models have in common.</summary>
public static class Analysed
{
    /// <summary>Refuses models that are told more than a noisy image.</summary>
    /// <param name="context">The analysis' context.</param>
    /// <param name="analysis">Its id, for the message.</param>
    /// <exception cref="NotApplicableException">The task is no plain generation.</exception>
    public static void CheckPlain(AnalysisContext context, string analysis)
    {
        ArgumentNullException.ThrowIfNull(context);
        var task = context.Model.Task;
        if (task.UsesLabels || task.ConditionChannels(context.Model.Data.Shape) > 0)
        {
            throw new NotApplicableException($"{analysis} looks at models of plain generation, and those of this task are told more of an image: take the task generate");
        }
    }

    /// <summary>That an analysis was given no model that it can look at.</summary>
    /// <param name="analysis">Its id.</param>
    public static NotApplicableException NoModel(string analysis) => new($"{analysis} looks at a trained model: name one with method");

    /// <summary>Images that no training saw, if the data have such: test images in a random order, and training images otherwise.</summary>
    /// <param name="model">Data, device and seed.</param>
    /// <param name="purpose">What the random numbers are for.</param>
    /// <param name="count">How many, at most all.</param>
    /// <param name="dtype">A floating dtype.</param>
    /// <returns>A new tensor [N, C, H, W] in [-1, 1] on the run's device.</returns>
    public static torch.Tensor Unseen(ModelContext model, string purpose, int count, torch.ScalarType dtype)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (data, split) = (model.Data, model.Data.Count(Split.Test) > 0 ? Split.Test : Split.Train);
        var which = model.Noise(purpose).Permutation(0, data.Count(split)).AsSpan(0, Math.Min(count, data.Count(split)));
        using var images = data.Read(split, which);
        return images.to(dtype, model.Device, copy: true);
    }
}
