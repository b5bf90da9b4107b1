using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Matrix;

/// <summary>What must hold between the parts of a matrix.</summary>
internal static class MatrixCheck
{
    internal static void All(MatrixFile matrix, YamlValue root)
    {
        Distinct(root, "datasets", matrix.Datasets.Select(d => d.Choice.Label));
        Distinct(root, "tasks", matrix.Tasks.Select(t => t.Label));
        Distinct(root, "methods", matrix.Methods.Select(m => m.Choice.Label));
        Distinct(root, "samplers", matrix.Samplers.Select(s => s.Choice.Label));
        Distinct(root, "corrections", matrix.Corrections.SelectMany(c => c is null ? ["none"] : c.Checkpoints.Select(f => CellAxes.Correction(c, f))));
        Distinct(root, "nfe", matrix.Nfe.Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Distinct(root, "seeds", matrix.Seeds.Select(s => s.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var method in matrix.Methods.Where(m => m.Samplers is not null))
        {
            Distinct(root, "methods", method.Samplers!.Select(s => $"{s.Choice.Label} of {method.Choice.Label}"));
        }

        Distinct(root, "metrics", matrix.Metrics.Select(m => m.Label));
        Distinct(root, "analyses", matrix.Analyses.Select(a => a.Choice.Label));
        Sources(matrix, root);
        Samples(matrix, root);
    }

    /// <summary>All of them are as many as there are test images, which only tasks that restore them have a use for.</summary>
    private static void Samples(MatrixFile matrix, YamlValue root)
    {
        if (matrix.Sampling.Samples is null && matrix.Tasks.FirstOrDefault(Applicability.Generates) is { } task)
        {
            throw root.Map().Get("samples").Place.Error(
                $"samples: all takes every test image once, and the task '{task.Label}' restores none: give a number, or tasks that restore a matrix of their own");
        }
    }

    private static void Distinct(YamlValue root, string axis, IEnumerable<string> labels)
    {
        var twice = labels.GroupBy(label => label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw root.Map().Get(axis).Place.Error($"{axis} names '{twice.Key}' twice; give one of them a 'name' or remove it");
        }
    }

    /// <summary>A correction learns from a denoiser's trajectories.</summary>
    private static void Sources(MatrixFile matrix, YamlValue root)
    {
        foreach (var correction in matrix.Corrections.Where(c => c?.Source is not null))
        {
            var source = correction!.Source!.Choice;
            if (!source.Type.Models.Any(kind => kind is ModelKind.Denoiser or ModelKind.VarianceDenoiser))
            {
                throw root.Map().Get("corrections").Place.Error(
                    $"the source '{source.Label}' of '{correction.Choice.Label}' trains no denoiser, so there is no trajectory to learn from");
            }
        }
    }
}
