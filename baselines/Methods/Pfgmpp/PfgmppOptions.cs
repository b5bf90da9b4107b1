using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="PfgmppMethod"/>.</summary>
/// <param name="Dimension">D, the number of augmented dimensions; 2048 and 128 are the paper's best. Large ones are EDM.</param>
/// <param name="Prior">What sampling starts from.</param>
public sealed record PfgmppOptions(
    [Description("D, the number of augmented dimensions; without limit it is EDM.")][Range(3, 1e9)] double Dimension = 2048,
    [Inference][Description("What sampling starts from: student, the noise of the training, or gaussian, as EDM does.")] StudentPrior Prior = StudentPrior.Student);
