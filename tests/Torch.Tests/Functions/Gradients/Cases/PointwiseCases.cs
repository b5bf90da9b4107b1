using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class PointwiseCases
{
    internal static void AddTo(CaseTable t)
    {
        Smooth(t);
        Restricted(t);
        Kinked(t);
        Steps(t);
        Complex(t);
    }

    private static void Smooth(CaseTable t)
    {
        t.Of("neg", Normal(2, 3), x => x.neg(), x => torch.neg(x), x => x.clone().neg_());
        t.Of("exp", Normal(2, 3), x => x.exp(), x => torch.exp(x), x => x.clone().exp_());
        t.Of("exp2", Normal(2, 3), x => x.exp2(), x => torch.exp2(x));
        t.Of("expm1", Normal(2, 3), x => x.expm1(), x => torch.expm1(x));
        t.Of("square", Normal(2, 3), x => x.square(), x => torch.square(x));
        t.Of("sin", Normal(2, 3), x => x.sin(), x => torch.sin(x), x => x.clone().sin_());
        t.Of("cos", Normal(2, 3), x => x.cos(), x => torch.cos(x), x => x.clone().cos_());
        t.Of("sinh", Normal(2, 3), x => x.sinh(), x => torch.sinh(x));
        t.Of("cosh", Normal(2, 3), x => x.cosh(), x => torch.cosh(x));
        t.Of("tanh", Normal(2, 3), x => x.tanh(), x => torch.tanh(x), x => x.clone().tanh_());
        t.Of("atan", Normal(2, 3), x => x.atan(), x => torch.atan(x));
        t.Of("sigmoid", Normal(2, 3), x => x.sigmoid(), x => torch.sigmoid(x), x => x.clone().sigmoid_());
        t.Of("erf", Normal(2, 3), x => x.erf(), x => torch.erf(x));
        t.Of("erfc", Normal(2, 3), x => x.erfc(), x => torch.erfc(x));
        t.Of("silu", Normal(2, 3), x => x.silu());
        t.Of("log_sigmoid", Normal(2, 3), x => x.log_sigmoid());
        t.Of("deg2rad", Normal(2, 3), x => x.deg2rad());
        t.Of("softplus", Normal(2, 3), x => x.softplus(), x => x.softplus(2));
        t.Of("nan_to_num", Normal(2, 3), x => x.nan_to_num(), x => x.nan_to_num(0, 1e3, -1e3));
    }

    private static void Restricted(CaseTable t)
    {
        t.Of("log", Positive(2, 3), x => x.log(), x => torch.log(x), x => x.clone().log_());
        t.Of("log2", Positive(2, 3), x => x.log2(), x => torch.log2(x));
        t.Of("log10", Positive(2, 3), x => x.log10(), x => torch.log10(x));
        t.Of("sqrt", Positive(2, 3), x => x.sqrt(), x => torch.sqrt(x), x => x.clone().sqrt_());
        t.Of("rsqrt", Positive(2, 3), x => x.rsqrt(), x => torch.rsqrt(x), x => x.clone().rsqrt_());
        t.Of("lgamma", Positive(2, 3), x => x.lgamma(), x => torch.lgamma(x));
        t.Of("digamma", Positive(2, 3), x => x.digamma(), x => torch.digamma(x));
        t.Of("log1p", Between(-0.6, 2, 2, 3), x => x.log1p(), x => torch.log1p(x));
        t.Of("tan", Between(-1, 1, 2, 3), x => x.tan(), x => torch.tan(x));
        t.Of("asin", Between(-0.8, 0.8, 2, 3), x => x.asin(), x => torch.asin(x));
        t.Of("acos", Between(-0.8, 0.8, 2, 3), x => x.acos(), x => torch.acos(x));
        t.Of("erfinv", Between(-0.8, 0.8, 2, 3), x => x.erfinv(), x => torch.erfinv(x));
    }

    private static void Kinked(CaseTable t)
    {
        t.Of("abs", AwayFromZero(2, 3), x => x.abs(), x => torch.abs(x), x => x.clone().abs_());
        t.Of("reciprocal", AwayFromZero(2, 3), x => x.reciprocal(), x => torch.reciprocal(x), x => x.clone().reciprocal_());
        t.Of("relu", AwayFromZero(2, 3), x => x.relu());
        t.Of("sinc", AwayFromZero(2, 3), x => x.sinc());
        t.Of("frac", AwayFromIntegers(2, 3), x => x.frac(), x => torch.frac(x));
    }

    private static void Steps(CaseTable t)
    {
        t.Flat("floor", AwayFromIntegers(2, 3), x => x.floor(), x => torch.floor(x), x => x.clone().floor_());
        t.Flat("ceil", AwayFromIntegers(2, 3), x => x.ceil(), x => torch.ceil(x), x => x.clone().ceil_());
        t.Flat("trunc", AwayFromIntegers(2, 3), x => x.trunc(), x => torch.trunc(x));
        t.Flat("sign", AwayFromIntegers(2, 3), x => x.sign(), x => torch.sign(x));
        t.Flat("round", Between(0.6, 1.4, 2, 3), x => x.round(), x => torch.round(x));
    }

    private static void Complex(CaseTable t)
    {
        t.Of("complex view_as_real", Normal(3), Normal(3),
            (x, y) => view_as_real(complex(x, y)), (x, y) => complex(x, y).square().view_as_real());
        t.Of("polar", Positive(3), Normal(3), (r, phi) => view_as_real(polar(r, phi)));
        t.Of("real", Normal(3), Normal(3), (x, y) => complex(x, y).square().real);
        t.Of("imag", Normal(3), Normal(3), (x, y) => complex(x, y).square().imag);
        t.Of("angle", Positive(3), Normal(3), (x, y) => complex(x, y).angle(), (x, y) => torch.angle(complex(x, y)));
        t.Of("conj resolve_conj", Normal(3), Normal(3), (x, y) => complex(x, y).conj().resolve_conj().view_as_real());
        t.Of("conj", Normal(3), Normal(3), (x, y) => (torch.conj(complex(x, y)) * complex(x * 2, y * y)).view_as_real());
    }
}
