using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-levels</c> takes.</summary>
public sealed record LevelsOptions(
    [Description("Levels from 0.01 to 10.")][Range(2, 100)] int Levels = 4,
    [Description("Test images.")][Range(1, 1000)] int Images = 16);

/// <summary>The error of denoising at several noise levels, for every checkpoint that is given; without any, of leaving the noise in.</summary>
[Analysis("test-levels", "Denoising error by level")]
public sealed class LevelsAnalysis(LevelsOptions options) : IAnalysis
{
    public AnalysisTable Run(AnalysisContext context)
    {
        var rows = new List<IReadOnlyList<object?>>();
        for (var i = 0; i < options.Levels; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var sigma = 0.01 * Math.Pow(1000, (double)i / (options.Levels - 1));
            rows.AddRange(context.Trained.Count == 0
                ? [[sigma, null, Error(context, i, sigma, null)]]
                : context.Trained.Select(t => new object?[] { sigma, t.Fraction, Error(context, i, sigma, t.Model as IDenoiser) }));
            context.Progress.Report(i + 1, options.Levels);
        }

        return new(
            [new("sigma", "The noise level."), new("fraction", "Of training; empty without a model."), new("error", "Mean squared error.")],
            rows);
    }

    private double Error(AnalysisContext context, int level, double sigma, IDenoiser? model)
    {
        using var scope = torch.NewDisposeScope();
        var (data, device) = (context.Model.Data, context.Model.Device);
        var images = Math.Min(options.Images, data.Count(Split.Test));
        var x0 = data.Read(Split.Test, [.. Enumerable.Range(0, images)]).to(device);
        var x = x0 + new StepNoise(context.Model.Seed, "levels", device).Normal(level, x0.shape) * sigma;
        var estimate = model?.Denoise(x, torch.full([images], sigma, x.dtype, device)) ?? x;
        return (estimate - x0).square().mean().ToDouble();
    }
}
