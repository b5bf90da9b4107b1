using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DdpmMethod"/>.</summary>
/// <param name="Steps">T, the number of noise levels.</param>
/// <param name="Schedule">Their betas.</param>
/// <param name="Prediction">What the network predicts, and what the plain squared error is taken of.</param>
public sealed record DdpmOptions(
    [Description("T, the number of noise levels.")][Range(DdpmSchedules.FewestSteps, 100_000)] int Steps = 1000,
    [Description("Betas: linear (1e-4 to 0.02, times 1000 / T), unscaled-linear or cosine.")] DdpmSchedule Schedule = DdpmSchedule.Linear,
    [Description("What the network predicts: eps, x0, v or score.")] Prediction Prediction = Prediction.Eps);
