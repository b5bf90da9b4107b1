using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection.Analyses;

/// <summary>The parameters of <see cref="GapAnalysis"/>.</summary>
/// <param name="States">Test images for every start.</param>
/// <param name="Levels">N, the levels of the grid.</param>
/// <param name="Fine">How much finer the second grid is.</param>
/// <param name="Solver">The solver.</param>
public sealed record GapOptions(
    [Description("Test images for every start, at most all of them.")][Range(2, 100_000)] int States = 128,
    [Description("N: the levels of the grid.")][Range(3, 1000)] int Levels = 18,
    [Description("How many times as fine the second grid is.")][Range(2, 64)] int Fine = 8,
    [Description("The solver.")] PairSolver Solver = PairSolver.Heun);

/// <summary>
/// What a correction has to learn, by start and stop of a trajectory: the mean square of y_b - x0, how much of it is the solver's, and how much no function of y_b can take away,
/// since the flow from y_a to y_b is a bijection and y_a has lost its image (the coupling gap).
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("residual-gap", "Parts of a residual", Paper = "Zhang et al., CVPR 2024")]
public sealed class GapAnalysis(GapOptions options) : IAnalysis
{
    private const int Batch = 64;

    private static readonly AnalysisColumn[] s_columns =
    [
        new("a", "Index of the start in the grid, 0 being the noisiest level."),
        new("b", "Index of the stop."),
        new("sigma-a", "Noise level of the start."),
        new("sigma-b", "Noise level of the stop."),
        new("residual", "Mean square of y_b - x0 over pixels: what the pair differs in."),
        new("residual-se", "Its standard error, over images."),
        new("exact", "The same with the fine grid: what a perfect solver leaves."),
        new("solver", "Mean square of the difference of both y_b: the solver's own error."),
        new("coupling", "Mean square of D(y_a; sigma_a) - x0: the least loss that any function of y_b can have, if the model is right."),
        new("coupling-se", "Its standard error, over images."),
        new("noise", "sigma_b^2: what y_b - x0 would be if y_b were x0 with noise."),
    ];

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Analysed.CheckPlain(context, "residual-gap");
        var model = context.Trained is [.., { Model: IDenoiser trained }] ? trained : throw Analysed.NoModel("residual-gap");
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var clean = Analysed.Unseen(context.Model, "residual-gap/images", options.States, torch.float64);
        var noise = context.Model.Noise("residual-gap/noise").Normal(0, clean.shape).@double();
        var grid = new PairOptions { Levels = options.Levels }.Grid(model.Schedule);
        List<object?[]> rows = [];
        for (var a = 0; a < grid.Length - 2; a++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            rows.AddRange(Rows(context, model, clean, noise, grid, a));
            context.Progress.Report(a + 1, grid.Length - 2);
        }

        return new(s_columns, rows);
    }

    private List<object?[]> Rows(AnalysisContext context, IDenoiser model, torch.Tensor clean, torch.Tensor noise, double[] grid, int a)
    {
        using var scope = torch.NewDisposeScope();
        var start = clean + (noise * grid[a]);
        var coupling = ImageEstimate.Mean(Square(Batched(start, y => model.Clean(y, grid[a])) - clean));
        var (coarse, fine) = (start.clone(), start);
        List<object?[]> rows = [];
        for (var b = a + 1; b < grid.Length - 1; b++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var (from, to) = (grid[b - 1], grid[b]);
            coarse = Moved(coarse, y => Flow.Step(model, options.Solver, y, from, to));
            fine = Moved(fine, y => Finer(model, y, from, to));
            using var inner = torch.NewDisposeScope();
            var (residual, exact) = (ImageEstimate.Mean(Square(coarse - clean)), ImageEstimate.Mean(Square(fine - clean)));
            rows.Add(
            [
                (long)a, (long)b, grid[a], grid[b], residual.Value, residual.StandardError, exact.Value, ImageEstimate.Mean(Square(coarse - fine)).Value,
                coupling.Value, coupling.StandardError, grid[b] * grid[b],
            ]);
        }

        return rows;
    }

    private torch.Tensor Finer(IDenoiser model, torch.Tensor y, double from, double to)
    {
        var levels = Grids.Karras(to, from, options.Fine + 1);
        return LevelWalk.Run(y, levels, levels.Length - 1, (state, step) => Flow.Step(model, options.Solver, state, step.Level, step.Next));
    }

    // The next state in the place of the last one, which is given free.
    private static torch.Tensor Moved(torch.Tensor state, Func<torch.Tensor, torch.Tensor> step)
    {
        var next = Batched(state, step);
        state.Dispose();
        return next;
    }

    // A few images at a time, so that memory does not grow with their number.
    private static torch.Tensor Batched(torch.Tensor states, Func<torch.Tensor, torch.Tensor> step)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(torch.cat([.. states.split(Batch).Select(part => Alone(part, step))]));
    }

    private static torch.Tensor Alone(torch.Tensor part, Func<torch.Tensor, torch.Tensor> step)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(step(part));
    }

    private static torch.Tensor Square(torch.Tensor difference) => difference.square().mean([1L, 2, 3]);
}
