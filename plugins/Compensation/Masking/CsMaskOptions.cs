using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Compensation.Masking;

/// <summary>The parameters of the method <c>cs-mask</c>.</summary>
/// <param name="Steps">T, the number of mask levels.</param>
public sealed record CsMaskOptions([Description("T, the number of levels from the whole image to the masked one.")][Range(1, 100_000)] int Steps = 100);
