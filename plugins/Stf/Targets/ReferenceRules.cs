using System.Globalization;

namespace Dfx.Stf;

/// <summary>What must hold before a training run, so that nobody learns of it an hour later.</summary>
internal static class ReferenceRules
{
    /// <summary>The reference batch of the paper's CIFAR-10 runs.</summary>
    internal const int Published = 4096;

    internal static void Check(TrainingContext context, StfOptions options)
    {
        var (model, batch) = (context.Model, context.Settings.Batch);
        if (model.Task.ConditionChannels(model.Data.Shape) > 0)
        {
            throw new NotApplicableException(
                "stf averages images with the same condition, and this task observes something else of every image; dsm applies");
        }

        if ((Size(options.ReferenceBatch, batch, model.Data.Count(Split.Train)) ?? Labels(options.MaskLabels, model)) is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }

    private static string? Size(int? count, int batch, int images) => count switch
    {
        _ when count < batch => Text($"reference-batch is {count}, smaller than the training batch of {batch}, which is a part of it: give at least {batch}"),
        _ when count > images => Text($"reference-batch is {count}, but the training set has {images} images: give at most {images}"),
        _ => null,
    };

    private static string? Labels(bool? mask, ModelContext model) => mask switch
    {
        true when model.Data.Classes.Count == 0 => "mask-labels is true, but the dataset has no labels: leave it out",
        true when model.Data.Classes.Count == 1 => "mask-labels is true, but the dataset has one class only, so nothing would be masked: leave it out",
        false when model.Task.UsesLabels => "mask-labels is false, but the task tells the network the class: the target would mix classes; leave it out",
        _ => null,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
