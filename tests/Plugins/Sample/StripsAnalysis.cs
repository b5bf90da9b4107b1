using System.Globalization;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>How the average training image and the first one fade to grey: a strip each, and the levels as a text.</summary>
[Analysis("test-strips", "Strips")]
public sealed class StripsAnalysis : IAnalysis
{
    private static readonly double[] s_levels = [0, 0.25, 0.5, 1];

    public AnalysisTable Run(AnalysisContext context)
    {
        using var scope = torch.NewDisposeScope();
        var first = context.Model.Data.Read(Split.Train, [0])[0];
        var average = AverageImage.Of(context.Store, context.Model);
        var sheet = new AnalysisSheet(
            "fade", "Fading to grey", "t", [.. s_levels.Select(level => level.ToString(CultureInfo.InvariantCulture))], [Faded("first", first), Faded("average", average)]);
        return new([new("t", "The level."), new("grey", "Of the average image.")], [.. s_levels.Select(t => new object?[] { t, average.mean().ToDouble() * (1 - t) })])
        {
            Sheets = [sheet],
            Texts = new Dictionary<string, string> { ["levels.json"] = $"[{string.Join(", ", sheet.Columns)}]" },
        };
    }

    private static AnalysisSheetRow Faded(string name, torch.Tensor image) =>
        new(name, torch.stack(s_levels.Select(level => image * (1 - level))).MoveToOuterDisposeScope());
}
