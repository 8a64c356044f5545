"""The search, typed in a browser: what readers of four languages type, and the page they want."""

import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import expect

from recorder.pages import Page
from recorder.terms import all_terms, ids_of

ROOT = Path(__file__).resolve().parents[2]

# page: what readers type who want it. A new page gets a row.
QUERIES = {
    "layers/batch-norm": """
        batch normalization
        batch normalisation
        batch norm
        BatchNorm
        batchnorm
        batch-norm
        nn.BatchNorm2d
        torch.nn.BatchNorm1d
        BatchNorm2d(64)
        F.batch_norm
        批量规范化
        批归一化
        批标准化
        chuẩn hóa theo batch
        chuẩn hóa theo lô
        chuẩn hoá theo lô
        chuan hoa theo lo
        chuan hoa batch
        배치 정규화
        배치정규화
        배치 노멀라이제이션
        running mean
        running statistics
        移动平均统计量
        BN folding
        gộp BN vào tích chập
        gop bn vao tich chap
        BN 折叠
        internal covariate shift
        内部协变量偏移
        내부 공변량 변화
        내부공변량변화
        ghost batch norm
        update_bn
        Expected more than 1 value per channel when training
        ValueError: Expected more than 1 value per channel when training, got input size [1, 4]
        """,
    "layers/normalization": """
        layer normalization
        layer normalisation
        LayerNorm
        nn.LayerNorm
        F.layer_norm
        层归一化
        chuẩn hóa theo lớp
        chuan hoa theo lop
        레이어 정규화
        레이어정규화
        group norm
        nn.GroupNorm
        组归一化
        chuan hoa theo nhom
        그룹정규화
        instance norm
        인스턴스 정규화
        RMSNorm
        rms_norm
        pre-norm
        """,
    "layers/convolution": """
        convolution
        conv
        nn.Conv2d
        F.conv2d
        conv1d
        Conv2d(3, 64, kernel_size=3)
        卷积
        tích chập
        tich chap
        phep tich chap
        합성곱
        컨볼루션
        cross-correlation
        互相关
        tuong quan cheo
        padding
        填充
        phan dem
        제로 패딩
        same padding
        stride
        步幅
        buoc nhay
        스트라이드
        dilated convolution
        atrous convolution
        空洞卷积
        tich chap gian no
        팽창합성곱
        depthwise separable convolution
        深度可分离卷积
        깊이별 분리 합성곱
        1x1 convolution
        1×1 卷积
        pointwise convolution
        grouped convolution
        分组卷积
        feature map
        特征图
        특징맵
        im2col
        F.unfold
        FLOPs
        浮点运算数
        Toeplitz matrix
        translation equivariance
        Kernel size can't be greater than actual input size
        """,
    "layers/transposed-convolution": """
        transposed convolution
        deconvolution
        nn.ConvTranspose2d
        conv_transpose2d
        转置卷积
        反卷积
        tích chập chuyển vị
        tich chap chuyen vi
        전치 합성곱
        전치합성곱
        checkerboard artifact
        checkerboard artefact
        棋盘效应
        체커보드 아티팩트
        pixel shuffle
        nn.PixelShuffle
        output_padding
        """,
    "layers/receptive-field": """
        receptive field
        receptive fields
        感受野
        vùng tiếp nhận
        vung tiep nhan
        trường tiếp nhận
        수용 영역
        수용영역
        effective receptive field
        有效感受野
        gridding
        """,
    "layers/dropout": """
        dropout
        drop out
        nn.Dropout
        F.dropout
        Dropout2d
        随机失活
        暂退法
        tat ngau nhien nut
        드롭아웃
        inverted dropout
        Monte Carlo dropout
        MC dropout
        蒙特卡罗 dropout
        몬테카를로 드롭아웃
        drop path
        keep probability
        """,
    "training/initialization": """
        weight initialization
        weight initialisation
        kaiming_normal_
        nn.init.kaiming_uniform_
        xavier_uniform_
        Xavier
        Glorot initialisation
        He initialization
        何恺明初始化
        权重初始化
        khởi tạo trọng số
        khoi tao trong so
        가중치 초기화
        가중치초기화
        fan-in
        fan_out
        扇入
        symmetry breaking
        打破对称性
        orthogonal_
        calculate_gain
        LSUV
        """,
    "training/training-loop": """
        training loop
        训练循环
        vòng lặp huấn luyện
        vong lap huan luyen
        학습 루프
        학습루프
        gradient accumulation
        梯度累积
        tich luy gradient
        기울기 누적
        model.eval
        optimizer.zero_grad
        torch.manual_seed
        随机种子
        random seed
        TensorBoard
        argparse
        epoch
        에포크
        """,
    "training/gpu-training": """
        training on a GPU
        GPU training
        GPU 训练
        huấn luyện trên GPU
        huan luyen tren GPU
        GPU 학습
        mixed precision
        混合精度
        độ chính xác hỗn hợp
        do chinh xac hon hop
        혼합 정밀도
        혼합정밀도
        autocast
        torch.autocast
        bf16
        GradScaler
        loss scaling
        torch.compile
        CUDA graph
        channels_last
        pin_memory
        num_workers
        DataLoader
        activation checkpointing
        gradient checkpointing
        TF32
        MFU
        GPU utilisation
        roofline
        CUDA out of memory
        Expected all tensors to be on the same device, but found at least two devices
        """,
    "training/checkpointing": """
        checkpoint
        checkpointing
        检查点
        断点续训
        체크포인트
        lưu mô hình
        luu mo hinh
        resume training
        save model
        torch.save
        torch.load
        load_state_dict
        state_dict
        Missing key(s) in state_dict
        Error(s) in loading state_dict for Net: Missing key(s) in state_dict: "a.weight"
        weights_only
        Weights only load failed
        register_buffer
        """,
    "training/distributed": """
        distributed training
        DDP
        DistributedDataParallel
        nn.parallel.DistributedDataParallel
        分布式训练
        多卡训练
        huấn luyện phân tán
        huan luyen phan tan
        분산 학습
        분산학습
        FSDP
        fully_shard
        all-reduce
        all_reduce
        torchrun
        DistributedSampler
        SyncBatchNorm
        同步批归一化
        동기화배치정규화
        world size
        linear scaling rule
        Expected to have finished reduction in the prior iteration before starting a new one
        environment variable RANK expected, but not set
        EADDRINUSE
        """,
    "reference/glossary": """
        glossary
        """,
    "foundations/tensors": """
        tensor
        张量
        ten-xơ
        텐서
        broadcasting
        브로드캐스팅
        dtype
        torch.einsum
        The size of tensor a (4) must match the size of tensor b (3) at non-singleton dimension 1
        view size is not compatible with input tensor's size and stride
        keepdim
        ToTensor
        """,
    "foundations/regression-and-classification": """
        linear regression
        logistic regression
        softmax regression
        multinomial logistic regression
        torch.linalg.lstsq
        normal equations
        binary classification
        logit
        perceptron
        softmax temperature
        derivative for aten::heaviside is not implemented
        """,
    "foundations/backpropagation": """
        backpropagation
        backprop
        loss.backward
        autograd
        chain rule
        gradcheck
        computational graph
        反向传播
        lan truyền ngược
        역전파
        vector-Jacobian product
        element 0 of tensors does not require grad and does not have a grad_fn
        Trying to backward through the graph a second time
        """,
    "training/losses": """
        loss function
        nn.CrossEntropyLoss
        F.cross_entropy
        BCEWithLogitsLoss
        NLLLoss
        Huber loss
        mean squared error
        label smoothing
        交叉熵
        标签平滑
        평균 절대 오차
        entropy chéo
        class weights
        focal loss
        0D or 1D target tensor expected, multi-target not supported
        Expected floating point type for target with class probabilities, got Long
        """,
    "training/optimizers": """
        optimizer
        momentum
        Adam
        torch.optim.AdamW
        optim.RMSprop
        AdaGrad
        nesterov=True
        Adam bias correction
        SGD vs Adam
        L-BFGS
        bộ tối ưu
        优化器
        옵티마이저
        """,
    "training/learning-rate": """
        learning rate
        tốc độ học
        toc do hoc
        学习率
        학습률
        ReduceLROnPlateau
        OneCycleLR
        CosineAnnealingLR
        LR finder
        warmup
        edge of stability
        """,
    "foundations/vectors-and-matrices": """
        Jacobian
        Jacobian matrix
        雅可比矩阵
        dot product
        torch.outer
        tích vô hướng
        Frobenius norm
        弗罗贝尼乌斯范数
        스펙트럼 노름
        torch.func.jacrev
        torch.linalg.svd
        """,
    "foundations/probability": """
        likelihood
        probability vs likelihood
        maximum likelihood estimation
        MLE
        KL divergence
        F.kl_div
        nn.KLDivLoss
        batchmean
        relative entropy
        Bessel's correction
        covariance
        """,
    "foundations/networks": """
        neural network
        MLP
        multilayer perceptron
        hidden layer
        universal approximation
        XOR
        nn.Sequential
        mat1 and mat2 shapes cannot be multiplied
        神经网络
        mạng nơ-ron
        신경망
        多层感知机
        """,
    "training/data": """
        data preprocessing
        transforms.Normalize
        standardization
        mean image
        data leakage
        数据泄漏
        validation set
        测试集
        tập kiểm định
        confidence interval
        label errors
        데이터 누수
        """,
    "training/gradient-descent": """
        gradient descent
        stochastic gradient descent
        mini-batch gradient descent
        critical batch size
        gradient noise scale
        saddle point
        stuck in a local minimum
        invalid character '—' (U+2014)
        hạ gradient
        随机梯度下降
        경사 하강법
        """,
    "training/gradients": """
        梯度消失
        기울기 소실
        기울기소실
        triet tieu gradient
        exploding gradients
        梯度爆炸
        vanishing gradients
        gradient clipping
        梯度裁剪
        cắt gradient
        기울기 클리핑
        clip_grad_norm_
        nn.utils.clip_grad_value_
        gradient norm
        spectral radius
        """,
    "training/regularization": """
        regularization
        regularisation
        weight decay
        weight_decay
        L1 regularization
        L2 regularization
        early stopping
        lasso
        AdamW weight decay vs L2
        ridge
        """,
    "training/sanity-checks": """
        sanity check
        sanity checks
        initial loss
        ln C
        overfit one batch
        overfit a small batch
        update ratio
        update to weight ratio
        合理性检查
        초기 손실
        mat mat ban dau
        """,
    "training/augmentation": """
        data augmentation
        image augmentation
        mixup
        CutMix
        random erasing
        RandAugment
        test-time augmentation
        transforms.v2
        随机擦除
        데이터 증강
        tang cuong du lieu
        """,
    "layers/activations": """
        activation function
        ReLU
        nn.GELU
        F.softplus
        dead ReLU
        dying ReLU
        SwiGLU
        激活函数
        hàm kích hoạt
        활성화 함수
        """,
    "layers/recurrent": """
        recurrent neural network
        RNN
        nn.RNN
        nn.RNNCell
        BPTT
        backpropagation through time
        hidden state
        pack_padded_sequence
        batch_first
        循环神经网络
        truncated backpropagation
        `lengths` array must be sorted in decreasing order
        """,
    "layers/attention": """
        scaled dot product attention
        F.scaled_dot_product_attention(q, k, v)
        nn.MultiheadAttention
        multi head attention
        transformer encoder layer
        positional encoding
        RoPE
        byte pair encoding
        causal mask
        KV cache
        IndexError: index out of range in self
        """,
    "vision/detection": """
        object detection
        IoU
        non-maximum suppression
        NMS
        anchor boxes
        Faster R-CNN
        region proposal network
        RoIAlign
        YOLO
        SSD default boxes
        mAP
        torchvision.ops.nms
        """,
    "training/hyperparameters": """
        hyperparameter tuning
        hyperparameters
        grid search
        random search
        successive halving
        Hyperband
        SobolEngine
        Bayesian optimisation
        网格搜索
        tim kiem ngau nhien
        하이퍼파라미터 튜닝
        """,
    "layers/residual": """
        residual network
        residual block
        ResNet-18
        skip connection
        identity mapping
        pre-activation block
        degradation problem
        残差网络
        mạng phần dư
        잔차 네트워크
        """,
    "layers/lstm": """
        LSTM
        long short-term memory
        nn.LSTM
        nn.LSTMCell
        nn.GRU
        GRU
        gated recurrent unit
        forget gate
        forget bias
        cell state
        长短期记忆网络
        장단기 메모리
        """,
    "layers/pooling": """
        pooling layer
        global average pooling
        GAP
        nn.AdaptiveAvgPool2d((1, 1))
        adaptive average pooling
        ceil_mode
        count_include_pad
        pooling output size
        pad should be at most half of effective kernel size
        """,
    "decisions/reinforcement-learning": """
        reinforcement learning
        RL
        Markov decision process
        MDP
        Bellman equation
        value iteration
        policy gradient
        REINFORCE
        Q-learning
        discount factor
        强化学习
        học tăng cường
        """,
    "layers/resampling": """
        F.interpolate
        nn.Upsample
        nn.UpsamplingBilinear2d
        align_corners
        bicubic
        antialias
        grid_sample
        max_unpool2d
        Found an invalid max index
        resize segmentation mask
        """,
    "training/overfitting": """
        overfitting
        underfitting
        generalization
        double descent
        distribution shift
        bias variance tradeoff
        generalization gap
        covariate shift
        """,
    "vision/segmentation": """
        segmentation
        semantic segmentation
        U-Net
        Dice coefficient
        Dice loss
        instance segmentation
        panoptic segmentation
        fully convolutional network
        encoder-decoder with skips
        Sizes of tensors must match except in dimension 1
        """,
    "training/transfer-learning": """
        transfer learning
        fine-tuning
        finetune
        low-rank adaptation
        LoRA
        knowledge distillation
        teacher student
        distillation
        """,
    "training/workflow": """
        debugging
        gỡ lỗi
        loss is nan
        loss nan after a few steps
        loss becomes nan
        loss inf
        loss stuck at 2.303
        loss stuck at 0.693
        loss not decreasing
        loss never changes
        network does not learn
        loss is negative
        loss jumps every epoch
        validation accuracy at chance
        worse in eval mode
        bad accuracy after model.eval()
        validation loss increases while training loss decreases
        every prediction is the same
        network outputs all zeros
        frozen layers still change
        gradient norm 0 in the first layer
        out of memory in validation
        CUDA error: device-side assert triggered
        IndexError: Target 10 is out of bounds
        mat1 and mat2 must have the same dtype, but got Double and Float
        stack expects each tensor to be equal size
        损失不下降
        손실이 줄지 않음
        """,
    "vision/what-networks-see": """
        saliency map
        guided backprop
        t-SNE
        Grad-CAM
        occlusion sensitivity
        integrated gradients
        visualizing filters
        显著图
        lan truyền ngược có hướng dẫn
        돌출 맵
        """,
    "vision/architectures": """
        VGG-16
        ConvNeXt
        vision transformer
        ViT
        convolutional neural network
        卷积神经网络
        mạng nơ-ron tích chập
        합성곱 신경망
        """,
}

# Empties the field, and waits for that answer, so that the next one cannot be an earlier query's.
SEARCH = """
async query => {
  const [field, result] = [".md-search__input", ".md-search-result"].map(
    name => document.querySelector(name))
  const [says, list] = result.children
  const ask = (text, answered) => new Promise(resolve => {
    const look = () => answered() && (watch.disconnect(), resolve())
    const watch = new MutationObserver(look)
    watch.observe(result, {childList: true, characterData: true, subtree: true})
    field.value = text
    field.dispatchEvent(new KeyboardEvent("keyup"))
    look()
  })
  await ask("", () => says.textContent.startsWith("Type to start"))
  await ask(query, () => list.childElementCount || says.textContent.startsWith("No match"))
  return [...list.children].map(item => new URL(item.querySelector("a").href).pathname)
}
"""


@pytest.fixture(scope="module")
def search(chromium, address):
    """Return a function that types a query and returns the pages found, in their order."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.locator("input.md-search__input").click()
    yield lambda query: [path.strip("/") for path in page.evaluate(SEARCH, query)]
    context.close()


def table(chosen):
    """Return (page, query) for each row, or for those of one page."""
    rows = [(page, row.strip()) for page, rows in QUERIES.items() for row in rows.split("\n")]
    return [(page, query) for page, query in rows if query and chosen in ("", page)]


def names(chosen):
    """Return (page, query) for each name of what a page is about, also as typed in haste."""
    for path in sorted((ROOT / "docs").rglob("*.md")):
        page = Page.read(path, ROOT)
        for term in (all_terms(ROOT)[name] for block in page.names for name in ids_of(block.name)):
            for name in term.searched if chosen in ("", page.id) else ():
                yield page.id, name
                without = unicodedata.normalize("NFD", name.replace("đ", "d"))
                without = re.sub(r"[\u0300-\u036f]", "", without)
                hasty = unicodedata.normalize("NFC", without)
                if name in term.names["ko"]:
                    hasty = name.replace(" ", "")
                if hasty != name:
                    yield page.id, hasty


@pytest.mark.parametrize("source", [table, names])
def test_what_readers_type_leads_to_the_right_page(search, request, source):
    queries = list(source(request.config.getoption("--page")))
    found = [(page, query, search(query)[:3]) for page, query in queries]
    later = [row for row in found if row[0] not in row[2][:1]]
    lost = [row for row in later if row[0] not in row[2]]
    told = "\n".join(f"{query}: expected {page}, got {got}" for page, query, got in later)
    assert not lost, told
    assert len(later) <= 0.05 * len(queries), told


def test_the_table_is_long_enough_to_mean_something():
    assert len(set(table(""))) == len(table("")) >= 120


def test_a_term_that_a_section_explains_is_found_there(address, open_page):
    page = open_page(address)
    page.locator("input.md-search__input").click()
    page.keyboard.insert_text("gop bn vao tich chap")
    page.keyboard.press("Shift")
    links = page.locator(".md-search-result__item").first.locator("> a")
    expect(links).to_have_count(2)
    expect(links.nth(1)).to_have_attribute("href", re.compile("/layers/batch-norm/.*#fold$"))


def test_enter_opens_the_first_page(address, open_page):
    page = open_page(address)
    page.locator("input.md-search__input").click()
    page.keyboard.type("chuan hoa theo lo")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    expect(page.locator(".md-search-result__item a").first).to_have_attribute(
        "href", re.compile("/layers/batch-norm/")
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/layers/batch-norm/**")
    assert not page.complaints


def test_a_term_without_a_page_is_found_in_the_glossary(address, open_page):
    term = next((term for term in all_terms(ROOT).values() if not term.at), None)
    if term is None:  # every term has a page by now
        return
    page = open_page(address)
    page.locator("input.md-search__input").click()
    page.keyboard.insert_text(term.names["zh"][0])
    page.keyboard.press("Shift")
    place = f"[href*='/reference/glossary/'][href$='#{term.id}']"
    links = page.locator(f".md-search-result__item a{place}")
    expect(links.first).to_be_visible()
