using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="ColdMethod"/>.</summary>
/// <param name="Steps">T, the number of noise levels; 50 in the published code.</param>
public sealed record ColdOptions([Description("T, the number of noise levels.")][Range(2, 100_000)] int Steps = 50);
