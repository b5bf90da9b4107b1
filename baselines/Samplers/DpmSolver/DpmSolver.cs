namespace Dfx.Baselines;

/// <summary>What DPM-Solver and DPM-Solver++, single-step and multistep, share.</summary>
internal static class DpmSolver
{
    /// <summary>The solver of a method; DPM-Solver and DPM-Solver++ differ in the prediction alone.</summary>
    internal static ISampler<IDenoiser> Of(string id, SolverPrediction prediction, DpmSolverOptions options) => options.Method == DpmSolverMethod.Multistep
        ? new DpmMultistep(id, prediction, options)
        : new DpmSingleStep(id, prediction, options);

    /// <summary>The evaluations that are left for the steps.</summary>
    /// <exception cref="NotApplicableException">They are fewer than the least number.</exception>
    internal static int Evaluations(this DpmSolverOptions options, string id, int nfe, int least)
    {
        var last = options.DenoiseToZero ? 1 : 0;
        return Budget.Checked(nfe, id, least + last) - last;
    }

    /// <summary>Levels on the options' grid, from the schedule's highest down.</summary>
    internal static double[] Levels(this DpmSolverOptions options, INoiseSchedule schedule, int count) =>
        options.Grid.Between(schedule, schedule.SigmaMax, options.SigmaMin ?? schedule.SigmaMin, count);

    /// <summary>The levels, and 0 behind them if the run ends there.</summary>
    internal static IReadOnlyList<double> ThenEnd(this DpmSolverOptions options, double[] levels) => options.DenoiseToZero ? Budget.ThenClean(levels) : levels;

    /// <summary>What a step takes for the integrals of 1, r, …: for that of r, the authors' steps of order 2 take half of that of 1.</summary>
    internal static double[] Moments(this DpmSolverOptions options, ExponentialStep step, int order) => (options.SolverType, order) switch
    {
        (DpmSolverType.DpmSolver, 2) => [step.Phi(1), step.Phi(1) / 2],
        _ => step.Moments(order),
    };
}
